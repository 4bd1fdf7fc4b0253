package dev.holdfast.collect;

import dev.holdfast.hook.Cohort;
import dev.holdfast.space.CollectionClock;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.concurrent.TimeUnit;

/**
 * Tells on the queue of deaths that the JVM has collected: it refers to what nobody else knows. It
 * shows it to the {@linkplain CollectionClock clock} as soon as it is cleared, while the queue may
 * be told many milliseconds later.
 *
 * <p>One is not enough. A young collection that moves a reference object to the JVM's old
 * generation (its survivor space was full) treats what it refers to as strongly reachable, and both
 * stay there untold until an old collection, which may never come. So a second, young one stands by
 * the first, and is replaced from time to time: seldom at last, because a concurrent collector does
 * not clear what was made after its collection began. Collector's thread only, but for the clock.
 */
final class Canary implements CollectionClock {
  private static final long FIRST_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long LONGEST_NANOS = TimeUnit.SECONDS.toNanos(10);

  private final ReferenceQueue<Cohort> deaths;
  private volatile Reference<Cohort> steady;
  private volatile Reference<Cohort> young;
  private volatile long told;
  private long plantedAt;
  private long interval;

  Canary(ReferenceQueue<Cohort> deaths) {
    this.deaths = deaths;
  }

  /** There is one from now on. To be called until it succeeds: memory may be used up. */
  void plant() {
    if (steady == null) {
      steady = newborn();
      plantedAt = System.nanoTime();
      interval = FIRST_NANOS;
    }
  }

  /** Looks whether it is time for another young one. One that is to be told of stays. */
  void renew() {
    long now = System.nanoTime();
    if (now - plantedAt > interval && !isCleared(young)) {
      young = newborn();
      plantedAt = now;
      interval = Math.min(2 * interval, LONGEST_NANOS);
    }
  }

  /**
   * Whether what the queue has told is that the JVM has collected; then another is to be planted.
   * The same collection is not told again.
   */
  @SuppressWarnings("NonAtomicVolatileUpdate") // this thread's alone
  boolean tells(Reference<?> cleared) {
    if (cleared == null || (cleared != steady && cleared != young)) {
      return false;
    }
    told++; // first: seen() may be ahead for a moment, which only delays, but not behind
    steady = null;
    young = null;
    return true;
  }

  @Override
  public long told() {
    return told;
  }

  @Override
  public long seen() {
    boolean untold = isCleared(steady) || isCleared(young);
    return untold ? told + 1 : told;
  }

  /** A phantom, as those to cohorts are: what else keeps these uncleared keeps it too. */
  @Override
  public Reference<?> canary() {
    return new PhantomReference<>(new Object(), null);
  }

  private static boolean isCleared(Reference<?> canary) {
    return canary != null && canary.refersTo(null);
  }

  private Reference<Cohort> newborn() {
    return new PhantomReference<>(new Cohort(0, 0), deaths);
  }
}
