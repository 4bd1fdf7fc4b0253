package dev.holdfast.collect;

import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.atomic.AtomicInteger;

/** Repairs that found the arena full, until there is room again. Any thread adds some. */
final class Retries {
  /** Beyond these a field is mended when it is next written or its object handed over. */
  private static final int MOST = 1 << 20;

  private final ConcurrentLinkedQueue<Runnable> waiting = new ConcurrentLinkedQueue<>();
  private final AtomicInteger count = new AtomicInteger();

  void add(Runnable retry) {
    if (count.incrementAndGet() <= MOST) {
      waiting.add(retry);
    }
  }

  /** Tries all of them. Collector's thread. */
  void run() {
    count.set(0);
    Runnable retry;
    while ((retry = waiting.poll()) != null) {
      retry.run();
    }
  }
}
