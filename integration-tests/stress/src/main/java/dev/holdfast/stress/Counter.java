package dev.holdfast.stress;

import dev.holdfast.arena.Memory;
import dev.holdfast.arena.UnsafeMemory;
import java.util.concurrent.ConcurrentLinkedQueue;

/** A peer of C's: how often it was destroyed, in native memory that serves again. */
final class Counter {
  private static final Memory MEMORY = new UnsafeMemory();
  private static final ConcurrentLinkedQueue<Counter> USED = new ConcurrentLinkedQueue<>();

  final long address = MEMORY.allocateOrThrow(Integer.BYTES);

  private Counter() {}

  static Counter take() {
    Counter used = USED.poll();
    return used == null ? new Counter() : used;
  }

  int destroyed() {
    return MEMORY.getIntAcquire(address);
  }

  boolean isDestroyed() {
    return destroyed() != 0;
  }

  /** Nobody destroys it any more. */
  void giveBack() {
    MEMORY.putIntRelease(address, 0);
    USED.add(this);
  }
}
