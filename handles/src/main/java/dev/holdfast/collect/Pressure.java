package dev.holdfast.collect;

/**
 * When to ask the JVM for a collection: only that can tell which cohorts have died. At 80 % of the
 * limit; again only after the arena has grown by 10 % of the limit since, counted from the least
 * that it held meanwhile; and while it is full, which a small one is before 80 % are used. Each
 * request that has brought less than those 10 % back doubles the least time to the next.
 * Collector's thread only.
 */
final class Pressure {
  /** What it watches, and whom it asks. */
  interface Situation {
    /** Bytes of the arena in use. */
    long used();

    /** Whether newborn mirrors could get another chunk. */
    boolean hasRoom();

    /** Asks the JVM for a collection, without waiting for it. */
    void ask();

    /** Whether it is still busy with the last request. */
    boolean asking();

    /** Nanoseconds, of a clock of its own. */
    long nanos();
  }

  static final long LEAST_NANOS = 200_000_000L;
  static final long MOST_NANOS = 60_000_000_000L;
  private static final double FIRST = 0.8;
  private static final double STEP = 0.1;

  private final Situation situation;
  private final double first;
  private final double step;
  private long requests;
  private long askedAt;
  private long askedUsed;

  /** The least that was used since the last request. */
  private long least;

  private long pause = LEAST_NANOS;

  /**
   * @param limit of the arena, in bytes
   */
  Pressure(Situation situation, long limit) {
    this.situation = situation;
    this.first = FIRST * limit;
    this.step = STEP * limit;
  }

  /** Looks at the arena, and asks if it is time. */
  void look() {
    long used = situation.used();
    least = Math.min(least, used);
    boolean grown = used >= first && used >= least + step;
    if ((!grown && situation.hasRoom()) || situation.asking()) {
      return;
    }
    long now = situation.nanos();
    if (requests > 0 && now - askedAt < pause) {
      return;
    }
    boolean helped = requests == 0 || askedUsed - least >= step;
    pause = helped ? LEAST_NANOS : Math.min(2 * pause, MOST_NANOS);
    requests++;
    askedAt = now;
    askedUsed = used;
    least = used;
    situation.ask();
  }

  /** How often it has asked. */
  long requests() {
    return requests;
  }
}
