package poly

import groovy.transform.CompileStatic
import groovy.transform.Immutable
import groovy.transform.Sortable
import groovy.transform.TupleConstructor

@Immutable class Point { int x; int y }

@Sortable(includes = ['name', 'age']) @TupleConstructor class Person { String name; int age = 7; List<String> tags = [] }

trait Greets { String greeting = 'hello'; String greet() { "$greeting from ${getClass().simpleName}" } }

class Polite implements Greets { def missing = 0; def methodMissing(String n, args) { missing++; "$n$args" } }

enum Level { LOW(1), HIGH(9); final int weight; Level(int w) { weight = w } }

@CompileStatic class Counter {
  private long n
  int[] seen = new int[4]
  Counter parent

  Counter(Counter parent = null) { this.parent = parent }

  long up(int by) { n += by; seen[by % 4]++; parent?.up(by); n }

  class Inner { long twice() { n * 2 } }

  Inner inner() { new Inner() }
}

class Main {
  static int initialised = init()

  static int init() { println 'static'; 4 }

  static void main(String[] args) {
    println new Point(1, 2)
    println new Point(x: 3, y: 4) == new Point(3, 4)
    def people = [new Person('Zoe', 3), new Person(name: 'Ann'), new Person('Bob', 9, ['x'])]
    people[1].age += 5
    people[1].tags << 'late'
    println people.sort().collect { "$it.name $it.age $it.tags" }
    def polite = new Polite(greeting: 'hi')
    println "${polite.greet()} ${polite.sing(1, 2)} ${polite.missing}"
    println Level.values().collectEntries { [it, it.weight] }
    def counter = new Counter(new Counter())
    (1..10).each { counter.up(it) }
    println "${counter.up(0)} ${counter.seen} ${counter.parent.seen} ${counter.inner().twice()}"
    def total = 0
    [1, 2, 3].each { a -> [4, 5].each { b -> total += a * b } }
    println total
    def curried = { a, b, c = 3 -> a + b + c }.curry(10)
    println "${curried(1)} ${curried(1, 1)}"
    def anonymous = new Comparator<Integer>() { int calls; int compare(Integer a, Integer b) { calls++; b <=> a } }
    println([3, 1, 2].toSorted(anonymous))
    println anonymous.calls > 0
    def make = Point.&new
    println make(8, 9)
    def made = Person.metaClass.invokeConstructor('Meta', 1)
    made.metaClass.shout = { -> delegate.name.toUpperCase() }
    println made.shout()
    String text = "${-> total++} ${-> total}"
    println text + text
    println people.max { it.age }.properties.findAll { it.key in ['name', 'age'] }.sort()
    [Point, Person, Counter, Polite].each { type ->
      println type.declaredFields*.toString().sort()
      println type.declaredMethods*.toString().sort()
    }
    try {
      new Point(x: 1, z: 2)
    } catch (e) {
      println e.message
    }
    try {
      new Counter(new Counter(fails()))
    } catch (IllegalStateException e) {
      e.stackTrace.findAll { it.className.startsWith('poly') }.each { println it }
    }
  }

  static Counter fails() { throw new IllegalStateException('in the middle of an allocation') }
}
