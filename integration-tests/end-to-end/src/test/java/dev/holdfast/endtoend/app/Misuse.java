package dev.holdfast.endtoend.app;

import dev.holdfast.Holdfast;
import dev.holdfast.endtoend.support.Check;
import dev.holdfast.endtoend.support.Mirror;
import dev.holdfast.endtoend.support.Probe;

/** C code that has gone wrong is answered and reported, and nothing else changes. */
public final class Misuse {
  private static final int STALE = -3;
  private static final int UNCOUNTED = -4;
  private static final int OVER_RELEASE = -5;
  private static final int INVALID = -18;

  private Misuse() {}

  static final class Item {
    int number = 5;
    Item next;
  }

  public static void main(String[] args) {
    Item item = new Item();
    long bits = Holdfast.retain(item);
    Probe.C.probe_release(bits);
    Probe.C.probe_release(bits);
    Check.equal(OVER_RELEASE, Probe.C.probe_status(), "HF_EOVERRELEASE");
    Check.equal(0L, Probe.C.probe_retain(bits), "an uncounted handle");
    Check.equal(UNCOUNTED, Probe.C.probe_status(), "HF_EUNCOUNTED");
    item.next = new Item();
    Check.equal(0L, Probe.C.probe_retain_field(bits, "next"), "a field of an uncounted owner");
    Check.equal(UNCOUNTED, Probe.C.probe_status(), "HF_EUNCOUNTED");
    Check.equal(0L, Probe.C.probe_retain(0x1234), "no handle at all");
    Check.equal(INVALID, Probe.C.probe_status(), "HF_EINVAL");
    Mirror.check(item);

    long lost = lost();
    Check.eventuallyAfterCollections("stale", () -> Probe.C.probe_count(lost) == 0 && isStale());
    Check.equal(0L, Probe.C.probe_retain(lost), "a stale handle");
    Check.equal(STALE, Probe.C.probe_status(), "HF_ESTALE");
    Check.that(Holdfast.stats().overReleasesTotal() == 1, "counted");
    Mirror.check(new Item());
    Mirror.check(item);
  }

  private static boolean isStale() {
    return Probe.C.probe_status() == STALE;
  }

  /** A handle of an object in a cohort of its own, which dies. */
  private static long lost() {
    long[] bits = new long[1];
    Check.inThread(
        "short-lived",
        () -> {
          bits[0] = Holdfast.retain(new Item());
          Holdfast.release(bits[0]);
        });
    return bits[0];
  }
}
