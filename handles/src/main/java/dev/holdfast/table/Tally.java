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

  void retained() {
    increment(RecordDescriptor.RETAINS);
  }

  void released() {
    increment(RecordDescriptor.RELEASES);
  }

  void stale() {
    increment(RecordDescriptor.STALE);
  }

  void overReleased() {
    increment(RecordDescriptor.OVER_RELEASES);
  }

  void uncounted() {
    increment(RecordDescriptor.UNCOUNTED);
  }

  private void increment(int counter) {
    int stripe = System.identityHashCode(Thread.currentThread()) & STRIPES - 1;
    long at = records[stripe] + counter;
    long seen;
    do {
      seen = memory.getLongAcquire(at);
    } while (!memory.compareAndSetLong(at, seen, seen + 1));
  }
}
