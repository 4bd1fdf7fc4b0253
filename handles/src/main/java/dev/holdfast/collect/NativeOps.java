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

  /** From now on {@code hf_release} does nothing and what needs Java is refused. */
  void shutdown();
}
