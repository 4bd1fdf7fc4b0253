package poly

import scala.collection.mutable

sealed trait Expr { def +(that: Expr): Expr = Sum(this, that) }
final case class Num(value: Int) extends Expr
final case class Sum(left: Expr, right: Expr) extends Expr
case class Var(name: String)(val scope: Int) extends Expr
case object Zero extends Expr

trait Counting {
  private[this] var n = 0
  protected var last: String = "none"
  def count(what: String): Int = { n += 1; last = what; n }
  def state: String = s"$n/$last"
}

trait Named { val name: String = "named"; lazy val shout: String = name.toUpperCase }

class Early(val size: Int) extends { override val name: String = "early" + size } with Named with Counting {
  var slots: Array[Int] = new Array[Int](size)
  @volatile var flag = false
  def this() = this({ val n = 3; if (n > 2) n + 1 else try n finally Main.trace("finally") })
  class Part(val id: Int) { def outer: Int = size + id }
}

class Meters(val value: Double) extends AnyVal { def *(k: Double) = new Meters(value * k) }

final class Cell[@specialized(Int, Double) T](var content: T) { def set(t: T): this.type = { content = t; this } }

object Color extends Enumeration { val Red, Green = Value }

object Main {
  val log = mutable.ListBuffer[String]()
  def trace(s: String): Unit = log += s

  def eval(e: Expr): Int = e match {
    case Num(n) => n
    case Sum(Num(0) | Zero, r) => eval(r)
    case Sum(l, r) => eval(l) + eval(r)
    case v @ Var(_) => v.scope
    case Zero => 0
  }

  def build(n: Int): Expr =
    new Sum(
      if (n % 2 == 0) Num(n) else try { Num("x".toInt) } catch { case _: NumberFormatException => new Var("v" + n)(n) },
      if (n <= 0) Zero else build(n - 1))

  def firstOver(limit: Int): Int = { (1 to 100).foreach { i => if (i * i > limit) return i }; -1 }

  def byName(x: => Int): Int = { lazy val y = x; y + y }

  def main(args: Array[String]): Unit = {
    println(build(6))
    println(eval(build(40) + Zero + Num(2)))
    val e = new Early()
    e.count("a"); e.count("b"); e.flag = true
    e.slots(1) += 4
    println(s"${e.state} ${e.name} ${e.shout} ${e.slots.toList} ${new e.Part(3).outer} ${e.flag} $log")
    println((new Meters(2) * 4).value)
    val c = new Cell(1).set(5); val d = new Cell("s").set("t"); val f = new Cell(1.0); f.content += 2
    println(s"${c.content} ${d.content} ${f.content}")
    var sum = 0
    for (i <- 1 to 10; j <- i to 10 if (i + j) % 3 == 0) sum += i * j
    println(s"$sum ${firstOver(50)} ${byName { sum += 1; sum }}")
    val parts = for { x <- List(1, 2); y <- Option(x * 2) } yield (x, y)
    println(s"$parts ${Num(1) == Num(1)} ${Num(3).hashCode} ${Sum(Zero, Num(1)).copy(left = Num(9))} ${Color.values}")
    val partial: PartialFunction[Any, Expr] = { case i: Int => Num(i); case s: String => Var(s)(0) }
    println(List(1, "a", 2.0).collect(partial))
    val anon = new Named { override val name = "anon" }
    println(anon.shout)
    val make: Int => Num = Num
    println(List(1, 2).map(make).map(_.value).sum)
    for (t <- List(classOf[Early], classOf[Cell[_]], classOf[Num], Main.getClass)) {
      println(t.getDeclaredFields.map(_.toString).sorted.toList)
      println(t.getDeclaredMethods.map(_.toString).sorted.toList)
    }
    val out = new java.io.ByteArrayOutputStream
    val stream = new java.io.ObjectOutputStream(out)
    stream.writeObject(build(3)); stream.writeObject(List(Num(1), Zero)); stream.close()
    println(out.toByteArray.map(b => f"$b%02x").mkString)
    val in = new java.io.ObjectInputStream(new java.io.ByteArrayInputStream(out.toByteArray))
    println(in.readObject()); println(in.readObject())
    try new Sum(Num(1), sys.error("in the middle of an allocation"))
    catch { case e: RuntimeException => e.getStackTrace.foreach(println) }
  }
}
