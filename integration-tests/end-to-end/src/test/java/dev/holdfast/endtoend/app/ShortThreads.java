package dev.holdfast.endtoend.app;

import dev.holdfast.Holdfast;
import dev.holdfast.endtoend.support.Check;
import java.lang.reflect.Method;
import java.util.concurrent.Semaphore;

/**
 * Short-lived threads that allocate two managed objects each. Virtual ones, where the JVM has them:
 * all their mirrors together need half of the arena (64m), so a buffer for each thread would not
 * fit. Elsewhere as many platform threads as there is room for buffers, which the JVM's collections
 * give back.
 */
public final class ShortThreads {
  private static final int VIRTUAL = 1_000_000;
  private static final int PLATFORM = 1_600;
  private static final int AT_ONCE = 200;
  private static final int ARENA_MIB = 64;

  private ShortThreads() {}

  static final class Item {
    int number;

    Item(int number) {
      this.number = number;
    }
  }

  public static void main(String[] args) throws Exception {
    Method starter = starter();
    int threads = starter == null ? PLATFORM : VIRTUAL;
    run(starter, threads);
    Check.equal((long) ARENA_MIB << 20, Holdfast.stats().arenaLimitBytes(), "arena");
    Check.equal(0L, Holdfast.stats().unmirroredTotal(), "objects without a mirror");
    Check.that(
        Holdfast.stats().adoptedAtSiteTotal() >= 2L * threads,
        "adopted: " + Holdfast.stats().adoptedAtSiteTotal());
  }

  /** By reflection: compiled for 17. */
  private static Method starter() {
    try {
      return Runtime.version().feature() < 21
          ? null
          : Thread.class.getMethod("startVirtualThread", Runnable.class);
    } catch (NoSuchMethodException e) {
      throw new AssertionError(e);
    }
  }

  private static void run(Method starter, int threads) throws Exception {
    Semaphore slots = new Semaphore(AT_ONCE);
    for (int i = 0; i < threads; i++) {
      int number = i;
      Runnable body =
          () -> {
            Item first = new Item(number);
            Thread.yield(); // may go on with another carrier
            first.number = new Item(-number).number;
            slots.release();
          };
      slots.acquire();
      if (starter == null) {
        new Thread(body).start();
      } else {
        starter.invoke(null, body);
      }
    }
    slots.acquire(AT_ONCE);
  }
}
