package dev.holdfast.endtoend.app;

import dev.holdfast.Holdfast;
import dev.holdfast.endtoend.support.Check;
import dev.holdfast.endtoend.support.Probe;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;

/** A C library is unloaded while others hold its user data with the destroy function it gave. */
public final class Unloaded {
  private Unloaded() {}

  static final class Item {
    int number;
  }

  /** The argument is the library's file. */
  public static void main(String[] args) {
    List<WeakReference<Item>> items = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      Item item = new Item();
      items.add(new WeakReference<>(item));
      long bits = Holdfast.retain(item);
      Check.equal(0, Probe.C.probe_guest_takes(args[0], bits), "the guest took one");
      Check.equal(2, Probe.C.probe_count(bits), "and counted it");
      Holdfast.release(bits);
    }
    System.gc();
    for (WeakReference<Item> item : items) {
      Check.that(item.get() != null, "held by what the guest has left");
    }
    Check.equal(100, Probe.C.probe_guests_destroy(), "destroyed");
    Check.die(items, "what was destroyed");
  }
}
