package dev.holdfast.libraries;

import java.time.Duration;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Waits for what comes in the end. */
final class Ending {
  private static final Duration DEADLINE = Duration.ofSeconds(60);

  private Ending() {}

  static void awaits(Supplier<String> what, BooleanSupplier condition) {
    long deadline = System.nanoTime() + DEADLINE.toNanos();
    while (!condition.getAsBoolean()) {
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("not within " + DEADLINE + ": " + what.get());
      }
      System.gc();
      Thread.onSpinWait();
    }
  }
}
