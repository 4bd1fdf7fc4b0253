package poly

import kotlin.properties.Delegates

/** Everything that compiles to other shapes than javac's. */
sealed interface Shape {
  val area: Double
}

data class Circle(val radius: Double) : Shape {
  override val area get() = Math.PI * radius * radius
}

data class Box(val width: Double, var height: Double = width) : Shape {
  init {
    require(width > 0) { "width $width" }
  }

  override val area get() = width * height
}

object Origin : Shape {
  var visits = 0
  override val area: Double
    get() {
      visits++
      return 0.0
    }
}

@JvmInline value class Meters(val value: Int)

enum class Planet(val mass: Double) {
  EARTH(5.97) {
    override fun nickname() = "home"
  },
  MARS(0.64);

  open fun nickname() = name.lowercase()
}

open class Account(val owner: String) {
  var balance: Long by Delegates.observable(0L) { _, old, new -> history += "$old->$new" }
  val history = mutableListOf<String>()
  lateinit var note: String
  val label by lazy { "$owner/${history.size}" }

  inner class Statement(val title: String) {
    override fun toString() = "$title of $owner: $balance"
  }

  companion object Factory {
    private var made = 0

    fun of(owner: String) = Account(owner).also { made++ }

    fun count() = made
  }
}

class Logged(private val inner: MutableList<String> = ArrayList()) : MutableList<String> by inner {
  override fun add(element: String): Boolean = inner.add("<$element>")
}

class Node<T>(val value: T, var next: Node<T>? = null)

tailrec fun <T> last(node: Node<T>): T = if (node.next == null) node.value else last(node.next!!)

fun pick(n: Int): Shape =
  when {
    n % 3 == 0 -> Circle(if (n > 3) n.toDouble() else try { "x$n".toDouble() } catch (e: NumberFormatException) { 1.5 })
    n % 3 == 1 -> Box(if (n > 2) 2.0 else 1.0, n.toDouble())
    else -> Origin
  }

fun main() {
  for (i in 0..8) println("$i ${pick(i).let { if (it is Origin) "origin ${it.area}" else "$it ${it.area}" }}")
  println(Origin.visits)
  val box = Box(3.0)
  val (w, h) = box.copy(height = 5.0)
  box.height += 1
  println("$w $h ${box.hashCode()} ${box == Box(3.0, 4.0)}")
  println(runCatching { Box(-1.0) }.exceptionOrNull())
  println(Planet.entries.map { it.nickname() to it.mass })
  val account = Account.of("Ann")
  account.balance += 5
  account.balance *= 7
  println(runCatching { account.note }.exceptionOrNull()?.message)
  account.note = "n"
  println("${account.label} ${account.history} ${account.Statement("s")} ${Account.count()} ${account.note}")
  val logged = Logged()
  logged.add("a")
  logged += "b"
  println(logged.joinToString())
  var chain: Node<Int>? = null
  repeat(1000) { chain = Node(it, chain) }
  println(last(chain!!))
  var captured = 0
  val addTo: (Int) -> Unit = { captured += it }
  (1..10).forEach(addTo)
  println("$captured ${Meters(4)} ${listOf(1, 2).map(::Meters)}")
  val words = sequence { yield("one"); yieldAll(listOf("two", "three")) }
  println(words.map(String::length).toList())
  val counter = object { var n = 0; fun up() = ++n }
  counter.up()
  println(counter.up())
  for (type in listOf(Box::class.java, Account::class.java, Origin::class.java)) {
    println(type.declaredFields.map { it.toString() }.sorted())
    println(type.declaredMethods.map { it.toString() }.sorted())
  }
  try {
    Node(1, Node(error("in the middle of an allocation")))
  } catch (e: IllegalStateException) {
    e.stackTrace.forEach(::println)
  }
}
