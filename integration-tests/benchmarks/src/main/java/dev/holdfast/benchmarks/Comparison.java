package dev.holdfast.benchmarks;

import java.util.List;
import java.util.Map;

/**
 * Two benchmarks that are shown side by side.
 *
 * @param what what both do
 * @param where of the benchmarks' parameters, those that it is about; all have the same values
 * @param each one operation
 * @param holdfast names the benchmark through Holdfast, as {@code Class.method}
 * @param rival names the other
 * @param rivalName what the reader knows the rival by
 */
record Comparison(
    String what,
    Map<String, String> where,
    String each,
    String holdfast,
    String rival,
    String rivalName,
    Aim aim) {

  /** All, in the order of the table. */
  static final List<Comparison> ALL =
      List.of(
          walk("C walks a list of 1,000,000 objects", Order.ALLOCATED)
              .beside("ListWalk.jni", "JNI", Aim.timesAsFast(6)),
          walk("C walks a list of 1,000,000 objects", Order.ALLOCATED)
              .beside("ListWalk.java", "Java", Aim.NONE),
          // Here all wait for memory.
          walk("the same, linked at random", Order.SHUFFLED)
              .beside("ListWalk.jni", "JNI", Aim.NONE),
          walk("the same, linked at random", Order.SHUFFLED)
              .beside("ListWalk.java", "Java", Aim.NONE),
          of(
                  "C reads an ArrayList of 1,000,000 objects in blocks",
                  "an element",
                  "ListRead.holdfast")
              .beside("ListRead.jni", "JNI", Aim.NONE),
          of("retain and release in C", "a pair", "Counting.holdfast")
              .beside("Counting.atomics", "bare atomic + and -", Aim.timesAsLong(1.2)),
          of("retain and release in C", "a pair", "Counting.holdfast")
              .beside("Counting.jni", "JNI global reference", Aim.NONE),
          of("C calls a method", "a call", "Calling.holdfast")
              .beside("Calling.jni", "JNI CallIntMethod", Aim.NONE),
          of("C calls a method", "a call", "Calling.holdfast")
              .beside("Calling.jna", "by JNA's callback", Aim.NONE),
          of("allocation", "an object", "Allocation.holdfast")
              .beside("Allocation.plain", "plain class", Aim.nanosMore(30)),
          of("allocation", "an object", "Allocation.holdfast")
              .beside("Allocation.weakReference", "a WeakReference for each", Aim.NONE),
          of("write of an int", "a write", "FieldWrite.holdfastInt")
              .beside("FieldWrite.plainInt", "plain class", Aim.nanosMore(5)),
          of("write of a reference", "a write", "FieldWrite.holdfastReference")
              .beside("FieldWrite.plainReference", "plain class", Aim.nanosMore(5)));

  private static Comparison walk(String what, Order order) {
    return new Comparison(
        what, Map.of("order", order.name()), "a node", "ListWalk.holdfast", "", "", Aim.NONE);
  }

  private static Comparison of(String what, String each, String holdfast) {
    return new Comparison(what, Map.of(), each, holdfast, "", "", Aim.NONE);
  }

  private Comparison beside(String benchmark, String name, Aim promise) {
    return new Comparison(what, where, each, holdfast, benchmark, name, promise);
  }
}
