package dev.holdfast.collect;

/**
 * What libholdfast does for the collector; called by its thread only, but for {@link #shutdown}.
 */
public interface NativeOps {
  /** Whether {@code membarrier} is registered; if not, threads fence for themselves. */
  boolean membarrier();

  /** A full fence on every thread of the process. */
  void heavyFence();

  /**
   * Moves a batch ({@link MoveBatch} says how it is laid out).
   *
   * @param waitMicros how long an open write section is waited for
   * @param epochOut address of a long that takes the epoch after the batch
   * @return how many were moved
   */
  int move(long moves, int n, int waitMicros, long epochOut);

  /**
   * Gives memory that nobody can find any more back to the operating system. It stays mapped and
   * readable; what it held is gone.
   *
   * @return the bytes given back, 0 when the system refuses
   */
  long discard(long address, long bytes);

  /** Calls C's {@code void (*)(void *)}: the end of a peer. Any thread, outside any scope. */
  void destroy(long function, long data);

  /** From now on {@code hf_release} does nothing and what needs Java is refused. */
  void shutdown();
}
