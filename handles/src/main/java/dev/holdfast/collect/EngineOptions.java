package dev.holdfast.collect;

import dev.holdfast.arena.Arena;
import dev.holdfast.hook.HandleBits;

/**
 * How Holdfast runs.
 *
 * @param arenaBytes limit of the mirrors' memory
 * @param nurseryBytes aged nursery memory that makes a minor collection worth it, 0 for any
 * @param cohortBytes memory of an ordinary cohort
 * @param zeal something moves at every n-th adoption, 0 never
 * @param demand objects are adopted only when they are given to C
 * @param verify each collection is followed by a validation of all structures
 * @param pretenure sites whose objects survive open their cohorts in old space
 */
public record EngineOptions(
    long arenaBytes,
    long nurseryBytes,
    int cohortBytes,
    int zeal,
    boolean demand,
    boolean verify,
    boolean pretenure) {
  public static final long ARENA_LEAST = 4L * Arena.CHUNK;
  public static final int COHORT_LEAST = 256;
  public static final int COHORT_MOST = HandleBits.SLOTS * HandleBits.SLOT_BYTES;
  private static final long ARENA_DEFAULT_MOST = 256L << 20;

  public EngineOptions {
    if (arenaBytes < ARENA_LEAST) {
      throw new IllegalArgumentException(
          "arena=" + arenaBytes + ": too small (at least " + ARENA_LEAST + ")");
    }
    if (cohortBytes < COHORT_LEAST
        || cohortBytes > COHORT_MOST
        || Integer.bitCount(cohortBytes) != 1) {
      throw new IllegalArgumentException(
          "cohort="
              + cohortBytes
              + ": expected a power of two from "
              + COHORT_LEAST
              + " to "
              + COHORT_MOST);
    }
    if (zeal < 0) {
      throw new IllegalArgumentException("zeal=" + zeal + ": expected 0 or more");
    }
  }

  /** The default: 1/16 of the memory that the machine or container has, at most 256 MiB. */
  public static EngineOptions defaults(long memoryBytes) {
    long arena = Math.max(ARENA_LEAST, Math.min(ARENA_DEFAULT_MOST, memoryBytes / 16));
    return new EngineOptions(arena, 0, COHORT_MOST, 0, false, false, true);
  }

  /** For library mode: no mirrors, so the smallest arena. */
  public static EngineOptions library() {
    return new EngineOptions(ARENA_LEAST, 0, COHORT_MOST, 0, false, false, false);
  }
}
