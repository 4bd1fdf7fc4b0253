package dev.holdfast.endtoend.app;

import dev.holdfast.Holdfast;
import dev.holdfast.endtoend.support.Check;
import dev.holdfast.endtoend.support.Mirror;
import dev.holdfast.endtoend.support.Probe;
import java.lang.ref.WeakReference;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** C keeps, counts and reads on threads of its own, also where the JVM does not know them. */
public final class NativeThreads {
  private NativeThreads() {}

  static final class Item {
    final int number;
    String text;
    Item next;

    Item(int number) {
      this.number = number;
      this.text = "item \u00e9 " + number;
    }
  }

  public static void main(String[] args) {
    counts();
    fields();
    forked();
  }

  private static void counts() {
    int n = 2000;
    long[] handles = new long[n];
    List<WeakReference<Item>> items = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      Item item = new Item(i);
      items.add(new WeakReference<>(item));
      handles[i] = Holdfast.retain(item);
    }
    Check.equal(0, Probe.C.probe_hammer(handles, n, 6, 200_000), "status of hammering");
    System.gc();
    for (int i = 0; i < n; i++) {
      Check.equal(1, Probe.C.probe_count(handles[i]), "count of " + i);
      Item item = Holdfast.resolve(handles[i], Item.class);
      Check.equal(i, item.number, "the object of a handle");
      Check.that(item == items.get(i).get(), "the same object");
    }
    Check.equal((long) n, Holdfast.stats().handlesCounted(), "handles counted");
    Check.equal(0, Probe.C.probe_release_all(handles, n, 5), "status of releasing");
    Check.die(items, "what C has given back");
    Check.eventually("the root set is empty", () -> Holdfast.stats().handlesCounted() == 0);
  }

  private static void fields() {
    Item first = new Item(1);
    first.next = new Item(2);
    first.next.next = new Item(3);
    long owner = Holdfast.retain(first);
    int[] status = new int[1];
    long next = Probe.C.probe_retain_field_elsewhere(owner, "next", status);
    Check.equal(0, status[0], "status of hf_retain_field on a foreign thread");
    Check.that(Holdfast.resolve(next, Item.class) == first.next, "what the field refers to");
    Check.equal(1, Probe.C.probe_count(next), "counted once");
    long text = Probe.C.probe_retain_field_elsewhere(owner, "text", status);
    Check.that(Holdfast.take(text, String.class).equals(first.text), "an opaque handle");
    byte[] buffer = new byte[32];
    long length = Probe.C.probe_text(next, "text", buffer, buffer.length);
    String read = new String(buffer, 0, (int) length, StandardCharsets.UTF_8);
    Check.equal(first.next.text, read, "text");
    long last = Probe.C.probe_follow(owner, "next", 2);
    Check.that(Holdfast.take(last, Item.class) == first.next.next, "along a path");
    Check.equal(0L, Probe.C.probe_follow(owner, "next", 3), "null on the way");
    Check.equal(0, Probe.C.probe_status(), "is no error");
    Holdfast.release(owner);
    Mirror.checkAll(first, first.next);
    Holdfast.release(next);
  }

  private static void forked() {
    long bits = Holdfast.retain(new Item(5));
    Check.equal(15, Probe.C.probe_fork(bits), "HF_EFORK in a forked child");
    Holdfast.release(bits);
  }
}
