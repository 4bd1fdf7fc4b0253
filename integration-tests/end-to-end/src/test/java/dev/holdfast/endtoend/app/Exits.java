package dev.holdfast.endtoend.app;

import dev.holdfast.Holdfast;
import dev.holdfast.endtoend.support.Check;
import dev.holdfast.endtoend.support.Probe;

/** The JVM ends, in the way that the argument names, while C threads call all the time. */
public final class Exits {
  private Exits() {}

  static final class Item {
    String text = "some text";
    Item next;
  }

  public static void main(String[] args) {
    Item item = new Item();
    item.next = new Item();
    long bits = Holdfast.retain(item);
    Check.equal(0, Probe.C.probe_disturb(bits, "next", "text", 4), "threads started");
    Check.eventually("C threads call", () -> Probe.C.probe_disturbances() > 1000);
    switch (args[0]) {
      case "return" -> {}
      case "exit" -> System.exit(3);
      case "halt" -> Runtime.getRuntime().halt(4);
      case "throw" -> throw new IllegalStateException("the program's own");
      default -> throw new AssertionError(args[0]);
    }
  }
}
