package dev.holdfast.collect;

import dev.holdfast.stats.Holdup;
import dev.holdfast.table.Counts;
import java.util.concurrent.TimeUnit;

/**
 * Looks at the release queue, and remembers who does so and when it was last done. Any thread; when
 * several drain at once, one of them is remembered.
 */
final class Drain {
  private final Counts counts;
  private volatile Thread drainer;
  private volatile long ended = System.nanoTime();

  Drain(Counts counts) {
    this.counts = counts;
  }

  void run() {
    drainer = Thread.currentThread();
    try {
      counts.drain();
    } finally {
      drainer = null;
      ended = System.nanoTime();
    }
  }

  /**
   * What keeps the queue from being drained, null when it was drained a moment ago or is empty.
   *
   * @param otherwise whose task it is when nobody is at it
   */
  @SuppressWarnings("deprecation") // Thread.threadId(), which 19 has instead, is not in 17
  Holdup holdup(boolean waiting, Thread otherwise, long leastNanos) {
    Thread busy = drainer;
    long nanos = System.nanoTime() - ended;
    if (nanos < leastNanos || (busy == null && !waiting)) {
      return null;
    }
    Thread culprit = busy == null ? otherwise : busy;
    StackTraceElement[] stack = culprit.getStackTrace();
    return new Holdup(
        "releases",
        culprit.getId(),
        culprit.getName(),
        TimeUnit.NANOSECONDS.toSeconds(nanos),
        stack.length == 0 ? "" : stack[0].toString(),
        0);
  }
}
