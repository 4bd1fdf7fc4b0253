package dev.holdfast.collect;

import dev.holdfast.arena.Memory;
import dev.holdfast.arena.RuntimeBlock;
import dev.holdfast.hook.HookState;
import dev.holdfast.hook.RecordDescriptor;
import dev.holdfast.stats.Log;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/**
 * Tells people once about what costs only memory but should not be: scopes that stay open, and
 * hooks that failed. Collector's thread only.
 */
final class Watch {
  private static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(10);
  private static final double NANOS = 1e9;

  private final RuntimeBlock block;
  private final Memory memory;
  private final Map<Long, Long> reported = new HashMap<>();
  private long failures;

  Watch(RuntimeBlock block) {
    this.block = block;
    this.memory = block.memory();
  }

  void look() {
    block.forEachRecord(this::scope);
    if (HookState.failures() != failures) {
      if (failures == 0) {
        Log.info("a hook failed, and the program did not see it: " + HookState.lastFailure());
      }
      failures = HookState.failures();
    }
  }

  private void scope(long record) {
    long since = memory.getLongAcquire(record + RecordDescriptor.SINCE);
    long open = System.nanoTime() - since; // CLOCK_MONOTONIC, as libholdfast writes
    if (since == 0
        || open < LONG_NANOS
        || Long.valueOf(since).equals(reported.put(record, since))) {
      return;
    }
    Log.warn(
        "thread "
            + memory.getLong(record + RecordDescriptor.TID)
            + " has had a scope open for "
            + Math.round(open / NANOS)
            + " s (hf_enter returned to 0x"
            + Long.toHexString(memory.getLong(record + RecordDescriptor.CALLER))
            + "): no memory is reused meanwhile");
  }
}
