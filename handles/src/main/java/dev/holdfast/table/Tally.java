package dev.holdfast.table;

import dev.holdfast.arena.Memory;
import dev.holdfast.arena.RuntimeBlock;
import dev.holdfast.hook.RecordDescriptor;

/**
 * What Java calls count, beside the counters of C's threads: whoever sums up all records, in C or
 * in Java, has the totals of the process. Striped, since many threads count at once.
 */
final class Tally {
  private static final int STRIPES = 16;

  private final Memory memory;
  private final long[] records = new long[STRIPES];

  Tally(RuntimeBlock block) {
    this.memory = block.memory();
    for (int i = 0; i < STRIPES; i++) {
      records[i] = block.newTally();
    }
  }

  void retained(int n) {
    add(RecordDescriptor.RETAINS, n);
  }

  void released() {
    add(RecordDescriptor.RELEASES, 1);
  }

  void stale() {
    add(RecordDescriptor.STALE, 1);
  }

  void overReleased() {
    add(RecordDescriptor.OVER_RELEASES, 1);
  }

  void uncounted() {
    add(RecordDescriptor.UNCOUNTED, 1);
  }

  private void add(int counter, int n) {
    int stripe = System.identityHashCode(Thread.currentThread()) & STRIPES - 1;
    long at = records[stripe] + counter;
    long seen;
    do {
      seen = memory.getLongAcquire(at);
    } while (!memory.compareAndSetLong(at, seen, seen + n));
  }
}
