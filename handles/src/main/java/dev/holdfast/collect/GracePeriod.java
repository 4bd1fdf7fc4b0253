package dev.holdfast.collect;

import dev.holdfast.arena.Memory;
import dev.holdfast.arena.RuntimeBlock;
import dev.holdfast.hook.RecordDescriptor;
import java.util.Arrays;

/**
 * Waits, without blocking, until nobody can use what was taken out of circulation before: every
 * scope that was open at an older epoch, and every write section that was open, has ended. Made
 * after the epoch was advanced and the heavy fence executed: a scope opened later has read the new
 * epoch, so it cannot have found the old memory.
 */
final class GracePeriod {
  private final RuntimeBlock block;
  private final Memory memory;
  private final long epoch;
  private long[] sections = new long[8];
  private int open;

  GracePeriod(RuntimeBlock block, long epoch) {
    this.block = block;
    this.memory = block.memory();
    this.epoch = epoch;
    block.forEachRecord(this::note);
  }

  private void note(long record) {
    int counter = memory.getIntAcquire(record + RecordDescriptor.COUNTER);
    if ((counter & 1) != 0) {
      if (open == sections.length) {
        sections = Arrays.copyOf(sections, 2 * open);
      }
      sections[open++] = record;
      sections[open++] = counter;
    }
  }

  boolean over() {
    for (int i = 0; i < open; i += 2) {
      if (memory.getIntAcquire(sections[i] + RecordDescriptor.COUNTER) == (int) sections[i + 1]) {
        return false;
      }
    }
    open = 0;
    boolean[] scoped = new boolean[1];
    block.forEachRecord(
        record -> {
          long scope = memory.getLongAcquire(record + RecordDescriptor.SCOPE);
          scoped[0] |= scope != 0 && scope < epoch;
        });
    return !scoped[0];
  }
}
