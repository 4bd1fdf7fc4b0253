package dev.holdfast.benchmarks;

import dev.holdfast.Holdfast;
import dev.holdfast.stats.Figures;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/** Whether mirrors lie where they were born or have been moved to old space. */
public enum Age {
  FRESH,
  MOVED;

  private static final long PATIENCE = TimeUnit.SECONDS.toNanos(30);

  /**
   * Brings the mirrors that exist to this age.
   *
   * @param moved how many cohorts had been moved before they were made
   */
  void reach(long moved) {
    long deadline = System.nanoTime() + PATIENCE;
    while (this == MOVED && !reached(moved)) {
      if (System.nanoTime() > deadline) {
        throw new IllegalStateException("the mirrors were not moved: " + Holdfast.stats());
      }
      System.gc();
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(50));
    }
  }

  /**
   * @param moved as for {@link #reach}
   * @throws IllegalStateException if they are not of this age any more
   */
  void check(long moved) {
    if (!reached(moved)) {
      throw new IllegalStateException("the mirrors are not " + this + ": " + Holdfast.stats());
    }
  }

  private boolean reached(long moved) {
    Figures figures = Holdfast.stats();
    return this == FRESH
        ? figures.movedCohortsTotal() == moved
        // what is left in the nursery is open or was filled since
        : figures.movedCohortsTotal() > moved && figures.nurseryChunks() <= 2;
  }
}
