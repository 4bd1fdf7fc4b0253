package dev.holdfast.endtoend.app;

import dev.holdfast.Holdfast;
import dev.holdfast.endtoend.support.Check;
import dev.holdfast.endtoend.support.Mirror;
import dev.holdfast.endtoend.support.Probe;
import java.lang.ref.WeakReference;

/** C makes objects of managed classes and calls their methods, which call C again. */
public final class CallsFromC {
  private static final int DEPTH = 50;
  private static final String TYPE = Item.class.getName();
  private static final String CONSTRUCTOR = "(IL" + TYPE.replace('.', '/') + ";)V";
  private static final int FROM_BELOW = -1000;

  private CallsFromC() {}

  static class Item {
    final int number;
    Item next;

    Item(int number, Item next) {
      this.number = number;
      this.next = next;
    }

    int age() {
      return number;
    }

    /** Called by C, calls C. */
    int descend(int depth, boolean throwing) {
      return Holdfast.calling(() -> C.descend(this, depth, throwing));
    }
  }

  /** Overrides what C calls by the superclass's method. */
  static final class Sub extends Item {
    Sub(int number, Item next) {
      super(number, next);
    }

    @Override
    int age() {
      return -number;
    }
  }

  private static final class C {
    static int descend(Item item, int depth, boolean throwing) {
      long bits = Holdfast.retain(item);
      try {
        return Probe.C.probe_descend(bits, depth - 1, throwing ? 1 : 0);
      } finally {
        Holdfast.release(bits);
      }
    }
  }

  public static void main(String[] args) {
    Item first = new Item(1, null);
    long bits = Holdfast.retain(first);
    made(first, bits);
    Check.equal(500, Probe.C.probe_make_here(TYPE, CONSTRUCTOR, bits, 500), "made here");
    Check.equal(500, Probe.C.probe_make_elsewhere(TYPE, CONSTRUCTOR, bits, 500), "made elsewhere");
    Check.equal(DEPTH, Probe.C.probe_descend(bits, DEPTH, 0), "C, Java, C, Java, ...");
    Check.equal(1, Probe.C.probe_count(bits), "count after it");
    Check.equal(FROM_BELOW, Probe.C.probe_descend(bits, 1, 1), "an exception of C's, through Java");
    Mirror.check(first);
    Holdfast.release(bits);
    Check.eventually("nothing is counted", () -> Holdfast.stats().handlesCounted() == 0);
    Check.dies(dropped(), "what C made and released");
  }

  private static void made(Item next, long bits) {
    long made = Probe.C.probe_new(TYPE, CONSTRUCTOR, 7, bits);
    Item item = Holdfast.take(made, Item.class);
    Check.that(item.number == 7 && item.next == next, "as Java sees it");
    Mirror.check(item);
    String sub = Sub.class.getName();
    Item other = Holdfast.take(Probe.C.probe_new(sub, CONSTRUCTOR, 8, 0), Item.class);
    Check.that(other instanceof Sub && other.number == 8 && other.next == null, "a subclass's");
    Mirror.check(other);
  }

  private static WeakReference<Item> dropped() {
    return new WeakReference<>(
        Holdfast.take(Probe.C.probe_new(TYPE, CONSTRUCTOR, 9, 0), Item.class));
  }
}
