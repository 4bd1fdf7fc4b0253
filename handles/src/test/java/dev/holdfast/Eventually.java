package dev.holdfast;

import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import java.util.function.BooleanSupplier;

/**
 * Waits for what happens soon, with a deadline; a look may take long where all else has to wait.
 */
public final class Eventually {
  private static final Duration DEADLINE = Duration.ofSeconds(60);
  private static final int LEAST_LOOKS = 5;

  private Eventually() {}

  public static void holds(String what, BooleanSupplier condition) {
    holds(what, condition, () -> {});
  }

  /** As {@link #holds}, asking the JVM for a collection before each look. */
  public static void holdsAfterCollections(String what, BooleanSupplier condition) {
    holds(what, condition, System::gc);
  }

  /** No object is counted any more, and nobody has made a mistake. */
  public static void allIsGivenBack() {
    holds(
        "no count is left, but there are " + Holdfast.stats(),
        () -> Holdfast.stats().handlesCounted() == 0);
    var figures = Holdfast.stats();
    if (figures.overReleasesTotal() != 0 || figures.staleUsesTotal() != 0) {
      throw new AssertionError("mistakes were made: " + figures);
    }
  }

  /** For a thread that is ended by others: the latch opens, or the test fails elsewhere. */
  public static void opens(CountDownLatch latch) {
    try {
      latch.await();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }

  private static void holds(String what, BooleanSupplier condition, Runnable nudge) {
    long deadline = System.nanoTime() + DEADLINE.toNanos();
    for (int looks = 1; ; looks++) {
      nudge.run();
      if (condition.getAsBoolean()) {
        return;
      }
      if (System.nanoTime() - deadline > 0 && looks >= LEAST_LOOKS) {
        throw new AssertionError("not within " + DEADLINE + ": " + what);
      }
      try {
        Thread.sleep(1);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
