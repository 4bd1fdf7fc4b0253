package dev.holdfast.endtoend.app;

import dev.holdfast.Holdfast;
import dev.holdfast.HoldfastException;
import dev.holdfast.endtoend.support.Check;
import dev.holdfast.endtoend.support.Mirror;
import dev.holdfast.endtoend.support.Probe;
import java.util.ArrayList;
import java.util.List;

/** With {@code arena=4m}: more objects than mirrors. The program runs on, and all heals later. */
public final class FullArena {
  private static final int OBJECTS = 200_000; // 32 bytes each: 6.4 MB

  private FullArena() {}

  static final class Item {
    long number;
    Item next;

    Item(long number, Item next) {
      this.number = number;
      this.next = next;
    }
  }

  public static void main(String[] args) {
    List<Item> kept = new ArrayList<>();
    Item first = new Item(0, null);
    long firstBits = Holdfast.retain(first);
    Item list = first;
    for (int i = 1; i < OBJECTS; i++) {
      list = new Item(i, list);
      kept.add(list);
    }
    Check.that(Holdfast.stats().unmirroredTotal() > 0, "objects were refused: " + Holdfast.stats());

    // What is full: newborn objects cannot be given to C, and it says so.
    Item latest = list;
    String message = Check.fails(HoldfastException.class, () -> Holdfast.retain(latest));
    Check.that(message.contains("arena"), "the message names the arena: " + message);
    // What has a mirror goes on.
    first.number = 77;
    Mirror.check(first);
    long[] seen = new long[1];
    first.next = latest;
    Check.equal(10, Probe.C.probe_read(firstBits, null, "next", seen), "kind of next");
    Check.equal(0x4080_0000_0000_0000L, seen[0], "a reference to what has no mirror");
    long follow = Probe.C.probe_retain_field(firstBits, "next");
    Check.equal(0L, follow, "no handle for C either");
    Check.equal(-20, Probe.C.probe_status(), "HF_EFULL");

    // Half of it dies.
    first.next = null;
    list = null;
    for (int i = 0; i < kept.size(); i++) {
      kept.get(i).next = null;
    }
    kept.subList(0, kept.size() - 1000).clear();
    first.next = kept.get(10);
    Check.eventuallyAfterCollections("there is room again", () -> retains(kept.get(10)));
    for (Item item : kept) {
      Check.eventually("retain of a kept one", () -> retains(item));
      item.number++;
      Mirror.check(item);
    }
    Mirror.check(first);
    Mirror.check(new Item(5, kept.get(4)));
    Check.watchHasLooked();
    Holdfast.release(firstBits);
  }

  private static boolean retains(Item item) {
    try {
      Holdfast.release(Holdfast.retain(item));
      return true;
    } catch (HoldfastException e) {
      return false;
    }
  }
}
