package dev.holdfast.endtoend.fuzz;

import dev.holdfast.Holdfast;
import dev.holdfast.HoldfastException;
import dev.holdfast.endtoend.fuzz.model.Cell;
import dev.holdfast.endtoend.fuzz.model.Leaf;
import dev.holdfast.endtoend.support.Check;
import dev.holdfast.endtoend.support.Probe;
import dev.holdfast.stats.Figures;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * {@code Soak SECONDS}: two threads allocate at full speed, four C threads retain and release, and
 * C is always given as many handles as it gives back. Ends badly when a handle is lost or stale,
 * and, if it runs for more than four minutes, when the resident memory after the second minute
 * leaves 5 % around what it was then.
 */
public final class Soak {
  private static final int PLACES = 48;
  private static final int HOLDERS = 4;
  private static final int KEPT = 2_000;
  private static final Duration SETTLED = Duration.ofMinutes(2);
  private static final Duration LOOK = Duration.ofSeconds(5);
  private static final double MOST_GROWTH = 1.05;
  private static final long PATIENCE_NANOS = Duration.ofMinutes(1).toNanos();

  private static final AtomicBoolean STOP = new AtomicBoolean();
  private static final AtomicLong ALLOCATED = new AtomicLong();

  private Soak() {}

  public static void main(String[] args) throws IOException, InterruptedException {
    Duration length = Duration.ofSeconds(Long.parseLong(args[0]));
    Holdfast.release(Holdfast.retain(new Cell(0)));
    Check.equal(
        0, Probe.C.probe_exchange_start(Cell.class.getName(), PLACES, 0, HOLDERS, 1), "C began");
    List<Thread> allocators = new ArrayList<>();
    for (int t = 0; t < 2; t++) {
      long firstId = t * 1_000_000_000_000L;
      Thread thread = new Thread(() -> allocate(firstId), "allocator-" + t);
      thread.setDaemon(true); // it ends when it is told to, and not when main fails
      thread.start();
      allocators.add(thread);
    }
    watch(length);
    STOP.set(true);
    allocators.forEach(Check::join);
    long looks = Probe.C.probe_exchange_stop();
    Check.that(looks > 0, "C: " + looks + " " + Probe.C.probe_exchange_failure());
    Check.eventually("nothing is counted", () -> Holdfast.stats().handlesCounted() == 0);
    Figures end = Holdfast.stats();
    Check.equal(0L, end.staleUsesTotal(), "stale uses");
    Check.equal(0L, end.overReleasesTotal(), "over-releases");
    Check.equal(0L, end.uncountedUsesTotal(), "uses of what was not counted");
    Check.equal(end.retainsTotal(), end.releasesTotal(), "as many releases as retains");
    Check.that(ALLOCATED.get() > 100_000, "allocated " + ALLOCATED);
  }

  private static void watch(Duration length) throws IOException, InterruptedException {
    long begin = System.nanoTime();
    long settled = 0;
    while (System.nanoTime() - begin < length.toNanos()) {
      Thread.sleep(Math.min(LOOK.toMillis(), length.toMillis()));
      Check.equal("", Probe.C.probe_exchange_failure(), "C");
      // A holder has one handle that is in no place, and follows its field to another. More are
      // counted for as long as nobody has had the time to look at what C has released.
      Check.eventually(
          () -> "handles stay few: " + Holdfast.stats().handlesCounted(),
          () -> Holdfast.stats().handlesCounted() <= 2 * (PLACES + 2 * HOLDERS));
      if (System.nanoTime() - begin >= SETTLED.toNanos()) {
        long resident = residentBytes();
        settled = settled == 0 ? resident : settled;
        boolean stays = resident <= settled * MOST_GROWTH;
        Check.that(
            length.compareTo(SETTLED.multipliedBy(2)) < 0 || stays,
            "resident stays within 5 %: " + settled + " and then " + resident);
      }
    }
  }

  private static void allocate(long firstId) {
    Cell[] kept = new Cell[KEPT];
    for (long id = firstId; !STOP.get(); id++) {
      Cell made = id % 2 == 0 ? new Leaf(id) : new Cell(id);
      made.next = kept[(int) (id % KEPT)];
      if (id % 16 == 0) {
        if (made.next != null) {
          made.next.next = null; // chains end
        }
        kept[(int) (id / 16 % KEPT)] = made;
      }
      if (id % 256 == 0) {
        Probe.C.probe_exchange_offer((int) (id / 256 % PLACES), retain(made));
      }
      if (id % 1024 == 0) {
        ALLOCATED.addAndGet(1024);
      }
    }
  }

  /**
   * While the arena is full the object is refused; all heals when the collector has had its turn.
   */
  private static long retain(Cell made) {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (true) {
      try {
        return Holdfast.retain(made);
      } catch (HoldfastException e) {
        if (!e.getMessage().startsWith("HF_EFULL") || System.nanoTime() > deadline) {
          throw e;
        }
        Thread.yield();
      }
    }
  }

  private static long residentBytes() throws IOException {
    for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
      if (line.startsWith("VmRSS:")) {
        return Long.parseLong(line.replaceAll("\\D", "")) * 1024;
      }
    }
    throw new IOException("no VmRSS in /proc/self/status");
  }
}
