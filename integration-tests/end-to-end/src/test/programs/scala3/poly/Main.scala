package poly

import java.io.{ByteArrayInputStream, ByteArrayOutputStream, ObjectInputStream, ObjectOutputStream}
import java.util.concurrent.CountDownLatch
import scala.annotation.targetName
import scala.collection.mutable.ListBuffer
import scala.compiletime.{constValueTuple, erasedValue, summonInline}
import scala.deriving.Mirror
import scala.language.implicitConversions
import scala.reflect.Selectable.reflectiveSelectable

enum Expr:
  case Num(value: Int)
  case Sum(left: Expr, right: Expr)
  case Named(name: String, var hits: Int = 0)
  case Zero
  def +(that: Expr): Expr = Sum(this, that)

enum Planet(val mass: Double, var visits: Int = 0) extends java.lang.Enum[Planet]:
  case Earth extends Planet(5.97)
  case Mars extends Planet(0.64, 2)
  def visit(): Int = { visits += 1; visits }

enum Chain[+A]:
  case Link(head: A, tail: Chain[A])
  case End extends Chain[Nothing]

object Ids:
  opaque type Id = Long
  object Id { def apply(n: Long): Id = n }
  extension (id: Id) { def next: Id = id + 1; def text: String = s"#$id" }

trait Show[T] { def show(t: T): String; extension (t: T) def shown: String = show(t) }

object Show:
  given Show[Int] with { var asked = 0; def show(n: Int) = { asked += 1; s"$n/$asked" } }
  given Show[String] = s => s"'$s'"
  given [T](using inner: Show[T]): Show[List[T]] with
    private val brackets = ("[", "]")
    def show(ts: List[T]) = ts.map(inner.show).mkString(brackets._1, " ", brackets._2)

  inline def derived[T](using m: Mirror.ProductOf[T]): Show[T] =
    val shows = all[m.MirroredElemTypes]
    val names = constValueTuple[m.MirroredElemLabels].productIterator.toList
    new Show[T]:
      def show(t: T) =
        val values = t.asInstanceOf[Product].productIterator.toList
        names.zip(values.zip(shows)).map { case (n, (v, s)) => s"$n=${s.asInstanceOf[Show[Any]].show(v)}" }.mkString(",")

  private inline def all[T <: Tuple]: List[Show[?]] = inline erasedValue[T] match
    case _: EmptyTuple => Nil
    case _: (h *: t) => summonInline[Show[h]] :: all[t]

case class Point(x: Int, label: String) derives Show, CanEqual

trait Greeting(val name: String, start: Int = { Trace.add("start"); 1 }):
  private var n = start
  protected var last: String = name
  lazy val shout: String = { Trace.add(s"shout $name"); name.toUpperCase }
  def greet(): String = { n += 1; last = s"$last$n"; last }

trait Polite extends Greeting { override def greet(): String = "dear " + super.greet() }

open class Person(first: String, val age: Int) extends Greeting(first + age), Polite:
  var slots = new Array[Int](age)
  @volatile var flag = false
  def this(first: String) = this(first, { val n = first.length; if n > 2 then n else try n finally Trace.add("finally") })
  class Part(val id: Int) { def outer: Int = age + id + slots(0) }
  inline def twice(inline f: Int => Int): Int = f(f(age))

class Team(val lead: Person) { export lead.{age, greet as hail}; val other = Person("o") }

class Lazy(fail: Int):
  private var tries = 0
  lazy val once: AnyRef = { tries += 1; if tries <= fail then throw IllegalStateException(s"try $tries"); Trace.add("once"); Object() }
  lazy val number: Long = { tries += 10; 7L }
  lazy val pair @ (left, right) = (s"l$number", tries)
  lazy val nothing: String = null
  lazy val self: Lazy = this
  def made = tries

final class Meters(val value: Double) extends AnyVal { @targetName("times") def *(k: Double) = Meters(value * k) }

class Sized[T <: AnyRef { def size: Int }](val of: T) { def size = of.size }

object Trace { private val log = ListBuffer[String](); def add(s: String): Unit = synchronized { log += s }; def text = log.mkString("<", ";", ">") }

type Flat[T] = T match { case List[t] => Flat[t]; case _ => T }

class Tape(using log: ListBuffer[String]) { var at = 0; def say(s: String): Unit = { at += 1; log += s"$at$s" } }

object Main:
  given Conversion[Int, Point] = Point(_, "converted")

  def eval(e: Expr): Int = e match
    case Expr.Num(n) if n > 100 => 100
    case Expr.Num(n) => n
    case Expr.Sum(Expr.Num(0) | Expr.Zero, r) => eval(r)
    case Expr.Sum(l, r) => eval(l) + eval(r)
    case n @ Expr.Named(_, _) => n.hits += 1; n.hits
    case Expr.Zero => 0

  def build(n: Int): Expr =
    new Expr.Sum(
      if n % 2 == 0 then Expr.Num(n) else try Expr.Num("x".toInt) catch case _: NumberFormatException => Expr.Named(s"v$n", n),
      if n <= 0 then Expr.Zero else build(n - 1))

  def length(c: Chain[?]): Int = c match { case Chain.Link(_, t) => 1 + length(t); case Chain.End => 0 }

  def kind(x: Int | String | Option[Point]): String = x match
    case i: Int => s"int $i"
    case s"$a-$b" => s"$a and $b"
    case s: String => s
    case Some(Point(x, l)) => l * x
    case None => "none"

  def byName(x: => Int): Int = { lazy val y = x; lazy val z = { y + x }; y + z + y }

  def tape(body: ListBuffer[String] ?=> Tape): String = { val log = ListBuffer[String](); given ListBuffer[String] = log; val t = body; s"$log ${t.at}" }

  def firstOver(limit: Int): Int = scala.util.boundary { for i <- 1 to 100 do if i * i > limit then scala.util.boundary.break(i); -1 }

  inline def describe[T](inline x: T): String = inline x match { case _: Int => "int " + x; case _: String => "text " + x; case _ => "other" }

  def racing(): String =
    val shared = Lazy(0)
    val go = CountDownLatch(1)
    val seen = new Array[AnyRef](8)
    val threads = seen.indices.map { i => Thread(() => { go.await(); seen(i) = if shared.self eq shared then shared.once else null }) }
    threads.foreach(_.start()); go.countDown(); threads.foreach(_.join())
    s"${seen.distinct.length} ${seen(0) eq shared.once} ${shared.made}"

  def bytesOf(xs: Any*): Array[Byte] =
    val out = ByteArrayOutputStream()
    val stream = ObjectOutputStream(out)
    xs.foreach(stream.writeObject); stream.close()
    out.toByteArray

  def members(types: Class[?]*): Unit = for t <- types do
    println(t.getDeclaredFields.map(_.toString).sorted.toList)
    println(t.getDeclaredMethods.map(_.toString).sorted.toList)

  def main(args: Array[String]): Unit =
    import Ids.*, Show.given
    println(build(6))
    println(eval(build(40) + Expr.Zero + Expr.Num(200)))
    println(s"${Planet.values.toList} ${Planet.Mars.visit()} ${Planet.Mars.visit()} ${Planet.valueOf("Earth").visit()} ${Planet.Mars.compareTo(Planet.Earth)}")
    println(length(Chain.Link(1, Chain.Link("a", Chain.End))) + " " + Expr.Named("n").copy(hits = 3) + " " + Expr.fromOrdinal(3))
    println(Id(4).next.text + Id(4).shownAs("id"))
    println(s"${List(1, 2, 3).shown} ${Point(3, "p").shown} ${List("a").shown} ${summon[Show[List[List[Int]]]].show(List(List(1)))}")
    val p = Person("ab"); val q = Person("Ada")
    p.flag = true; p.slots(1) += 4; p.slots(0) -= 1
    println(s"${p.greet()} ${p.greet()} ${q.shout}${q.shout} ${new p.Part(3).outer} ${p.twice(_ * 3)} ${p.slots.toList}")
    val team = Team(q)
    println(s"${team.age} ${team.hail()} ${team.hail()} ${team.other.name}")
    val shy = new Greeting("shy", 5) { lazy val low = greet() + shout; override def toString = low + low }
    println(s"$shy ${Trace.text}")
    val l = Lazy(2)
    for _ <- 1 to 3 do try println(l.once eq l.once) catch case e: IllegalStateException => println(e.getMessage)
    println(s"${l.left} ${l.right} ${l.pair} ${l.nothing} ${l.self eq l} ${l.made}")
    println(racing())
    println((Meters(2) * 4).value + Sized("four" -> 4.toString match { case (a, b) => List(a, b) }).size)
    var sum = 0
    for i <- 1 to 10; j <- i to 10 if (i + j) % 3 == 0 do sum += i * j
    println(s"$sum ${firstOver(50)} ${byName { sum += 1; sum }} $sum")
    println(List[Int | String | Option[Point]](1, "a-b", "c", Some(Point(2, "x")), None).map(kind))
    println(tape { val t = Tape(); t.say("one"); t.say("two"); t })
    println(describe(1) + describe("s") + describe(2.0))
    val converted: Point = 5
    val flat: Flat[List[List[Int]]] = 3
    println(s"$converted ${converted == Point(5, "converted")} ${converted.hashCode} $flat")
    val tuple = (1, "two", 3.0) ++ (Point(4, "four"), Nil)
    println(s"$tuple ${tuple.size} ${tuple.take(2)} ${(1, "a").map[Option]([t] => (x: t) => Option(x))} ${Tuple.fromProductTyped(Point(1, "t"))}")
    val make: (Int, String) => Point = Point.apply
    println(List(1, 2).zip(List("a", "b")).map(make.tupled).collect { case Point(x, l) if x > 1 => l })
    val loose: { def age: Int } = q
    println(loose.age)
    members(classOf[Person], classOf[Lazy], classOf[Expr], classOf[Planet], classOf[Expr.Sum], Main.getClass, Show.getClass)
    val step = sum
    val add: Int => Point = x => Point(x + step, "lambda")
    val bytes = bytesOf(build(3), Planet.Mars, Chain.Link(1, Chain.End), add)
    println(bytes.map(b => f"$b%02x").mkString)
    val in = ObjectInputStream(ByteArrayInputStream(bytes))
    println(s"${in.readObject()} ${in.readObject() eq Planet.Mars} ${in.readObject()} ${in.readObject().asInstanceOf[Int => Point](1)}")
    try Expr.Sum(Expr.Num(1), sys.error("in the middle of an allocation"))
    catch case e: RuntimeException => e.getStackTrace.foreach(println)

  extension (id: Ids.Id) inline def shownAs(inline what: String): String = what + summon[Show[Int]].show(7)
