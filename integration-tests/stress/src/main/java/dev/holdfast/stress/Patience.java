package dev.holdfast.stress;

import java.lang.ref.WeakReference;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.BooleanSupplier;

/**
 * Waits for what another thread or the JVM does soon. Once that was in vain there is an ending to
 * report, and nothing is waited for any more.
 */
final class Patience {
  /** Whoever is waited for may lose the processor. */
  private static final long NANOS = TimeUnit.SECONDS.toNanos(30);

  private static final long PAUSE_NANOS = TimeUnit.MICROSECONDS.toNanos(10);

  private static volatile boolean lost;

  private Patience() {}

  /**
   * @param nudge what may bring it about, after each look in vain
   * @return whether it has come about
   */
  static boolean sees(BooleanSupplier condition, Runnable nudge) {
    long deadline = System.nanoTime() + NANOS;
    boolean seen = condition.getAsBoolean();
    while (!seen && !lost) {
      nudge.run();
      LockSupport.parkNanos(PAUSE_NANOS); // two threads wait, on two processors maybe
      seen = condition.getAsBoolean();
      if (!seen && System.nanoTime() - deadline > 0) {
        lost = true;
      }
    }
    return seen;
  }

  /** Whether the JVM collects it when asked: one collection serves all that are dead. */
  static boolean seesDeath(WeakReference<Object> object) {
    return sees(() -> object.refersTo(null), System::gc);
  }
}
