package dev.holdfast.endtoend.app;

import dev.holdfast.Handle;
import dev.holdfast.Holdfast;
import dev.holdfast.endtoend.support.Check;
import dev.holdfast.endtoend.support.Mirror;
import dev.holdfast.endtoend.support.Probe;

/** A class that cannot be rewritten is left as it was, and harms nobody. */
public final class Unrewritable {
  private Unrewritable() {}

  /** Has a field of the very name that the agent adds. */
  static class Odd {
    private long $cohort = 4;
    int value = 5;
    Good good;

    long sum() {
      return $cohort + value;
    }
  }

  static final class Child extends Odd {
    int more = 6;
  }

  static final class Good {
    int value = 7;
    Odd odd;
  }

  static class Base {
    int $slot;
  }

  static class Below extends Base {
    int more = 7;
  }

  static final class Lowest extends Below {}

  public static void main(String[] args) {
    // Rewritten before what is wrong above it is found out.
    opaque(new Lowest());
    opaque(new Lowest());
    Below below = new Below();
    below.more++;
    Check.equal(8, below.more, "written");
    opaque(below);
    unrewritable();
  }

  private static void unrewritable() {
    Odd odd = new Odd();
    odd.good = new Good();
    odd.good.odd = odd;
    odd.good.value++;
    odd.value = 8;
    Check.equal(12L, odd.sum(), "it works as ever");
    Check.that(!Holdfast.isManaged(odd), "it is not managed");
    opaque(odd);
    Mirror.check(odd.good);

    Child child = new Child();
    child.value = 3;
    child.more = 4;
    Check.equal(7L, child.sum(), "so does its subclass");
    if (Holdfast.isManaged(child)) {
      Mirror.check(child);
    } else {
      opaque(child);
    }
  }

  private static void opaque(Object object) {
    try (Handle handle = Holdfast.handle(object)) {
      Check.that(handle.get() == object, "an opaque handle");
      Check.equal(1, Probe.C.probe_count(handle.bits()), "counted");
      Check.that(Probe.C.probe_read(handle.bits(), null, "value", new long[1]) < 0, "no fields");
    }
  }
}
