package dev.holdfast.collect;

import dev.holdfast.arena.Arena;

/**
 * When to ask the JVM for a collection: only that can tell which cohorts have died. At 80 % of the
 * limit; again after the arena has grown by 10 % of the limit since, each request that frees
 * nothing doubling the distance in time. Collector's thread only.
 */
final class Pressure {
  private static final double FIRST = 0.8;
  private static final double STEP = 0.1;
  private static final long LEAST_NANOS = 200_000_000L;
  private static final long MOST_NANOS = 60_000_000_000L;

  private final Arena arena;
  private long askedAt;
  private long askedUsed = -1;
  private long pause = LEAST_NANOS;

  Pressure(Arena arena) {
    this.arena = arena;
  }

  void look(long collections) {
    long used = arena.used();
    double limit = arena.limit();
    if (used < FIRST * limit) {
      askedUsed = -1;
      pause = LEAST_NANOS;
      return;
    }
    long now = System.nanoTime();
    boolean grown = askedUsed < 0 || used >= askedUsed + STEP * limit || !arena.hasRoom();
    if (grown && (askedUsed < 0 || now - askedAt > pause)) {
      pause = askedUsed < 0 ? LEAST_NANOS : Math.min(2 * pause, MOST_NANOS);
      askedAt = now;
      askedUsed = used;
      System.gc();
    }
  }
}
