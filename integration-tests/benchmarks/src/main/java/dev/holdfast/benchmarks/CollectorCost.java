package dev.holdfast.benchmarks;

import dev.holdfast.benchmarks.managed.Node;
import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.util.Arrays;
import java.util.concurrent.atomic.AtomicBoolean;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * What the collector costs, by its own figures over JMX: how fast it moves, what a writer feels of
 * it, and what it grows with. Runs with the agent.
 */
public final class CollectorCost {
  private static final int MOVED = 2_000_000;
  private static final int SURVIVORS = 20_000;
  private static final int WRITES = 5_000_000;
  private static final int MILLION = 1_000_000;
  private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

  private static Node sink;

  private CollectorCost() {}

  public static void main(String[] args) throws JMException, InterruptedException {
    awaitBeans();
    moving();
    writing();
    for (int millions : new int[] {1, 10, 100}) {
      allocating(millions);
    }
    if (sink == null) {
      throw new IllegalStateException("nothing was allocated");
    }
  }

  private static void awaitBeans() throws JMException, InterruptedException {
    while (!SERVER.isRegistered(bean("Collector"))) {
      Thread.sleep(10);
    }
  }

  private static void moving() throws JMException {
    Node[] kept = new Node[MOVED];
    for (int round = 0; round < 3; round++) {
      long bytes = figure("MovedBytesTotal");
      long nanos = figure("MoveNanosTotal");
      long cpu = collectorCpu();
      for (int i = 0; i < kept.length; i++) {
        kept[i] = new Node(i);
      }
      System.gc(); // what was allocated since the last has aged then
      collect();
      bytes = figure("MovedBytesTotal") - bytes;
      nanos = figure("MoveNanosTotal") - nanos;
      cpu = collectorCpu() - cpu;
      System.out.printf(
          "moving: %,d bytes, %.2f GB/s in the moves alone, %.2f GB/s of the thread's time%n",
          bytes, (double) bytes / nanos, (double) bytes / cpu);
    }
    sink = kept[MOVED / 2];
  }

  /** Writes to few objects, as fast as it goes, each write timed; with and without moves. */
  private static void writing() throws JMException, InterruptedException {
    Node[] nodes = new Node[1000];
    for (int i = 0; i < nodes.length; i++) {
      nodes[i] = new Node(i);
    }
    timed(nodes);
    report("no moves", timed(nodes));
    AtomicBoolean stop = new AtomicBoolean();
    long moved = figure("MovedCohortsTotal");
    long cancelled = figure("MovesCancelledTotal");
    Thread mover =
        new Thread(
            () -> {
              while (!stop.get()) {
                for (int i = 0; i < nodes.length; i++) {
                  sink = new Node(i);
                }
                collectUnchecked();
              }
            });
    mover.setDaemon(true);
    mover.start();
    long[] delays = timed(nodes);
    stop.set(true);
    mover.join();
    report("moves", delays);
    System.out.printf(
        "  meanwhile %,d cohorts moved, %,d moves cancelled by the writer%n",
        figure("MovedCohortsTotal") - moved, figure("MovesCancelledTotal") - cancelled);
  }

  private static long[] timed(Node[] nodes) {
    long[] nanos = new long[WRITES];
    long last = System.nanoTime();
    for (int i = 0; i < WRITES; i++) {
      nodes[i % nodes.length].value = i;
      long now = System.nanoTime();
      nanos[i] = now - last;
      last = now;
    }
    Arrays.sort(nanos);
    return nanos;
  }

  private static void report(String what, long[] sorted) {
    System.out.printf(
        "a write and the clock, %s: median %,d ns, 99 %% %,d ns, 99.9 %% %,d ns, 99.99 %% %,d ns,"
            + " most %,d ns%n",
        what,
        sorted[WRITES / 2],
        sorted[WRITES / 100 * 99],
        sorted[WRITES / 1000 * 999],
        sorted[WRITES / 10_000 * 9999],
        sorted[WRITES - 1]);
  }

  /** As many survivors each time, among more and more that die at once. */
  private static void allocating(int millions) throws JMException {
    collect();
    long cpu = collectorCpu();
    long bytes = figure("MovedBytesTotal");
    long start = System.nanoTime();
    Node[] kept = new Node[SURVIVORS];
    for (int i = 0; i < SURVIVORS; i++) {
      kept[i] = new Node(i);
    }
    for (int n = 0; n < millions * MILLION; n++) {
      sink = new Node(n);
    }
    collect();
    long wall = System.nanoTime() - start;
    cpu = collectorCpu() - cpu;
    System.out.printf(
        "%d million allocations in %.1f s: %,d bytes moved, collector's thread %,d ms, %.1f %% of"
            + " one core, %.1f ns an allocation%n",
        millions,
        wall / 1e9,
        figure("MovedBytesTotal") - bytes,
        cpu / MILLION,
        100.0 * cpu / wall,
        (double) cpu / millions / MILLION);
    sink = kept[1];
  }

  private static long collectorCpu() {
    ThreadMXBean threads = ManagementFactory.getThreadMXBean();
    for (long id : threads.getAllThreadIds()) {
      var info = threads.getThreadInfo(id);
      if (info != null && info.getThreadName().equals("holdfast-collector")) {
        return threads.getThreadCpuTime(id);
      }
    }
    throw new IllegalStateException("no thread holdfast-collector: is the agent there?");
  }

  private static void collectUnchecked() {
    try {
      collect();
    } catch (JMException e) {
      throw new IllegalStateException(e);
    }
  }

  private static void collect() throws JMException {
    SERVER.invoke(bean("Collector"), "collect", new Object[0], new String[0]);
  }

  private static long figure(String name) throws JMException {
    return (Long) SERVER.getAttribute(bean("Collector"), name);
  }

  private static ObjectName bean(String type) throws JMException {
    return new ObjectName("dev.holdfast:type=" + type);
  }
}
