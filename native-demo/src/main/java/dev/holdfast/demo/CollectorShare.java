package dev.holdfast.demo;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadInfo;
import java.lang.management.ThreadMXBean;

/** What Holdfast's collector takes of the machine from the making of this on. */
final class CollectorShare {
  private static final String THREAD = "holdfast-collector";

  private final long begin = System.nanoTime();
  private final long cpuAtBegin = cpuNanos();

  /** CPU time of its thread, in percent of what all processors of the machine have had. */
  double percent() {
    long machine = (System.nanoTime() - begin) * Runtime.getRuntime().availableProcessors();
    return 100.0 * (cpuNanos() - cpuAtBegin) / machine;
  }

  private static long cpuNanos() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    for (long id : threads.getAllThreadIds()) {
      ThreadInfo info = threads.getThreadInfo(id);
      if (info != null && info.getThreadName().equals(THREAD)) {
        return threads.getThreadCpuTime(id);
      }
    }
    throw new IllegalStateException("no thread " + THREAD);
  }
}
