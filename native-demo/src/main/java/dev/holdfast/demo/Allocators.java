package dev.holdfast.demo;

import dev.holdfast.demo.model.ClassNode;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.LongAdder;
import java.util.concurrent.locks.LockSupport;

/**
 * Threads that go on making objects of the graph's classes while C walks: most die at once, some
 * live a while, so that the JVM collects and Holdfast has something to move. None of them belongs
 * to the graph.
 */
final class Allocators implements AutoCloseable {
  private static final int KEPT = 4096;
  private static final int BURST = 512;
  private static final long PAUSE_NANOS = 200_000;

  private final LongAdder made = new LongAdder();
  private final List<Thread> threads = new ArrayList<>();
  private volatile boolean stopped;

  Allocators(int count) {
    for (int i = 0; i < count; i++) {
      Thread thread = new Thread(this::run, "allocator-" + i);
      thread.setDaemon(true);
      thread.start();
      threads.add(thread);
    }
  }

  private void run() {
    ClassNode[] kept = new ClassNode[KEPT];
    for (int i = 0; !stopped; i++) {
      ClassNode node = new ClassNode("allocated", i);
      int place = (i * 31) & (KEPT - 1);
      if (kept[place] == null || i % 64 == 0) {
        kept[place] = node;
      } else {
        // dies when this place comes round again
        node.refersTo(kept[place]);
        kept[place].setNext(node);
        kept[place].setRank(i);
      }
      if (i % BURST == 0) {
        made.add(BURST);
        LockSupport.parkNanos(PAUSE_NANOS);
      }
    }
  }

  /** Nodes made so far. */
  long made() {
    return made.sum();
  }

  /** Ends the threads and waits for them. */
  @Override
  public void close() {
    stopped = true;
    for (Thread thread : threads) {
      boolean interrupted = false;
      while (thread.isAlive()) {
        try {
          thread.join();
        } catch (InterruptedException e) {
          interrupted = true;
        }
      }
      if (interrupted) {
        Thread.currentThread().interrupt();
      }
    }
  }
}
