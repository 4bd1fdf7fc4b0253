package dev.holdfast.endtoend.app;

import dev.holdfast.Holdfast;
import dev.holdfast.endtoend.support.Check;
import dev.holdfast.endtoend.support.Mirror;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;

/** Threads that die with open cohorts: their objects live on, and nothing is left of the rest. */
public final class DyingThreads {
  private static final int ROUNDS = 20;
  private static final int THREADS = 40;

  private DyingThreads() {}

  static final class Item {
    final int number;
    Item next;

    Item(int number, Item next) {
      this.number = number;
      this.next = next;
    }
  }

  public static void main(String[] args) throws Exception {
    List<Item> survivors = new ArrayList<>();
    for (int round = 0; round < ROUNDS; round++) {
      inThreads(survivors, round);
    }
    if (Runtime.version().feature() >= 21) {
      inVirtualThreads(survivors);
    }
    for (Item item : survivors) {
      for (Item at = item; at != null; at = at.next) {
        Mirror.check(at);
      }
    }
    long all = Holdfast.stats().cohortsLive();
    survivors.clear();
    // Open cohorts hold their tokens only for as long as their threads live.
    Check.eventuallyAfterCollections(
        "the cohorts of dead threads have died, of " + all,
        () -> Holdfast.stats().cohortsLive() < 200);
  }

  private static void inThreads(List<Item> survivors, int round) {
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      int number = round * THREADS + t;
      Thread thread = new Thread(() -> work(survivors, number), "worker-" + number);
      thread.start();
      threads.add(thread);
    }
    threads.forEach(Check::join);
  }

  private static void work(List<Item> survivors, int number) {
    Item kept = null;
    for (int i = 0; i < 10; i++) {
      new Item(i, kept);
      kept = i % 5 == 0 ? new Item(number, kept) : kept;
    }
    synchronized (survivors) {
      survivors.add(kept);
    }
  }

  /** By reflection: compiled for 17. */
  private static void inVirtualThreads(List<Item> survivors) throws Exception {
    int threads = ROUNDS * THREADS;
    CountDownLatch ended = new CountDownLatch(threads);
    for (int t = 0; t < threads; t++) {
      int number = t;
      Runnable body =
          () -> {
            Item first = new Item(number, null);
            Thread.yield(); // may go on with another carrier
            work(survivors, number);
            first.next = new Item(-number, null);
            synchronized (survivors) {
              survivors.add(first);
            }
            ended.countDown();
          };
      Thread.class.getMethod("startVirtualThread", Runnable.class).invoke(null, body);
    }
    ended.await();
  }
}
