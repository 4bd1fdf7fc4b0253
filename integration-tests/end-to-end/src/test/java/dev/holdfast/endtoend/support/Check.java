package dev.holdfast.endtoend.support;

import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.function.BooleanSupplier;
import java.util.function.Supplier;

/** Ends a program that is not as it should be, with a sentence. */
public final class Check {
  private static final Duration DEADLINE = Duration.ofSeconds(100);

  private Check() {}

  public static void that(boolean holds, String what) {
    if (!holds) {
      throw new AssertionError("not so: " + what);
    }
  }

  public static void equal(Object expected, Object actual, String what) {
    if (!Objects.deepEquals(expected, actual)) {
      throw new AssertionError(what + ": expected " + expected + ", got " + actual);
    }
  }

  /** What throws. */
  public interface Attempt {
    void run() throws Throwable;
  }

  /** The attempt must throw this; its message is returned. */
  public static String fails(Class<? extends Throwable> as, Attempt attempt) {
    try {
      attempt.run();
    } catch (Throwable e) {
      if (as.isInstance(e)) {
        return String.valueOf(e.getMessage());
      }
      throw new AssertionError("expected " + as.getName() + ", got " + e, e);
    }
    throw new AssertionError("expected " + as.getName() + ", got no exception");
  }

  /** Waits until the condition holds. */
  public static void eventually(String what, BooleanSupplier condition) {
    await(() -> what, condition, () -> {});
  }

  /** As {@link #eventually(String, BooleanSupplier)}, with words that depend on how it ends. */
  public static void eventually(Supplier<String> what, BooleanSupplier condition) {
    await(what, condition, () -> {});
  }

  /** As {@link #eventually}, asking the JVM for a collection before each look. */
  public static void eventuallyAfterCollections(String what, BooleanSupplier condition) {
    await(() -> what, condition, System::gc);
  }

  /** What is no longer referred to must be collected. */
  public static void dies(WeakReference<?> reference, String what) {
    eventuallyAfterCollections(what + " has died", () -> reference.get() == null);
  }

  /** As {@link #dies}, for all of them. */
  public static void die(List<? extends WeakReference<?>> references, String what) {
    eventuallyAfterCollections(
        what + " have died", () -> references.stream().allMatch(one -> one.get() == null));
  }

  /** Waits until the agent has started, or has given up. */
  public static void agentHasStarted() {
    eventually(
        "the agent's late start has ended",
        () ->
            Thread.getAllStackTraces().keySet().stream()
                .noneMatch(thread -> thread.getName().equals("holdfast-start")));
  }

  /** Waits until Holdfast has said all there is to say now: its watch has looked once more. */
  public static void watchHasLooked() {
    long before = waitsOf("holdfast-watch");
    eventually("a whole look between two waits", () -> waitsOf("holdfast-watch") >= before + 2);
  }

  private static long waitsOf(String threadName) {
    return Arrays.stream(ManagementFactory.getThreadMXBean().dumpAllThreads(false, false))
        .filter(thread -> thread.getThreadName().equals(threadName))
        .findAny()
        .orElseThrow()
        .getWaitedCount();
  }

  private static void await(Supplier<String> what, BooleanSupplier condition, Runnable nudge) {
    long deadline = System.nanoTime() + DEADLINE.toNanos();
    while (true) {
      nudge.run();
      if (condition.getAsBoolean()) {
        return;
      }
      if (System.nanoTime() - deadline > 0) {
        throw new AssertionError("not within " + DEADLINE + ": " + what.get());
      }
      try {
        Thread.sleep(2);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }

  /** Runs it on a thread of its own and waits for its end; what it throws is thrown here. */
  public static void inThread(String name, Attempt body) {
    inThread(name, 0, body);
  }

  /** As {@link #inThread(String, Attempt)}, with a stack of so many bytes. */
  public static void inThread(String name, long stackBytes, Attempt body) {
    Throwable[] thrown = new Throwable[1];
    Thread thread =
        new Thread(
            null,
            () -> {
              try {
                body.run();
              } catch (Throwable e) {
                thrown[0] = e;
              }
            },
            name,
            stackBytes);
    thread.start();
    join(thread);
    if (thrown[0] != null) {
      throw new AssertionError(name + ": " + thrown[0], thrown[0]);
    }
  }

  public static void join(Thread thread) {
    try {
      thread.join();
    } catch (InterruptedException e) {
      throw new AssertionError(e);
    }
  }
}
