package dev.holdfast.stats;

/**
 * One reading of all counters and gauges.
 *
 * <p>The numbers are gathered one after the other while other threads go on counting, so two of
 * them may be a few events apart. What ends in {@code Total} counts since the start and never
 * falls; {@code Bytes}, {@code Nanos} and {@code Seconds} are units; the rest are plain numbers.
 *
 * @param handlesCounted objects whose handle has a count above zero, mirrored and opaque
 * @param handlesPeak the most there were of them at one time
 * @param retainsTotal counts taken, by C and by Java
 * @param releasesTotal counts given back, by C and by Java
 * @param staleUsesTotal uses of a handle whose object has died
 * @param overReleasesTotal releases of a handle whose count was zero already
 * @param uncountedUsesTotal uses that need a count, of a living handle that has none
 * @param opaqueHandles counted objects that have no mirror by kind (their class is not managed)
 * @param ownedEdges references that C had objects hold ({@code hf_hold}), of living owners
 * @param peers native data tied to living objects ({@code hf_peer_set})
 * @param releaseQueueLength entries whose last count C has given back and Java has not looked at
 * @param arenaUsedBytes memory of all chunks in use
 * @param arenaLimitBytes the limit that {@code arena=} sets
 * @param nurseryChunks chunks in which cohorts are born
 * @param oldChunks chunks that hold moved cohorts
 * @param freeChunks chunks that wait for reuse
 * @param returnedBytes memory of free chunks that the operating system has back
 * @param returnedBytesTotal the same, summed over all times that a chunk was given back
 * @param cohortsLive cohorts whose token the JVM has not cleared
 * @param minorCollectionsTotal collections that emptied aged nursery chunks
 * @param oldCollectionsTotal collections that evacuated sparse old chunks
 * @param jvmCollectionsSeen collections of the JVM that were noticed
 * @param collectionsRequestedTotal collections that the JVM was asked for
 * @param movedBytesTotal bytes copied by moves that came through
 * @param movedCohortsTotal cohorts moved
 * @param movesCancelledTotal moves of a cohort that a writer cancelled
 * @param movesAbandonedTotal moves of a cohort given up because a write section stayed open
 * @param movesPinnedTotal moves of a cohort skipped because it was pinned
 * @param oldestScopeSeconds age of the longest open explicit scope, 0 if none is open
 * @param adoptedAtSiteTotal objects that got their mirror where they were allocated
 * @param adoptedLateTotal objects that got their mirror later
 * @param unmirroredTotal adoptions refused because the arena was full
 * @param arenaFilledTotal how often the arena became full
 * @param repairsTotal fields re-translated after the object they refer to was adopted
 * @param moveNanosTotal time spent in batches of moves
 * @param moveNanosMax the longest batch
 * @param state what Holdfast does now: {@code running}, or why it does not
 */
public record Figures(
    long handlesCounted,
    long handlesPeak,
    long retainsTotal,
    long releasesTotal,
    long staleUsesTotal,
    long overReleasesTotal,
    long uncountedUsesTotal,
    long opaqueHandles,
    long ownedEdges,
    long peers,
    long releaseQueueLength,
    long arenaUsedBytes,
    long arenaLimitBytes,
    long nurseryChunks,
    long oldChunks,
    long freeChunks,
    long returnedBytes,
    long returnedBytesTotal,
    long cohortsLive,
    long minorCollectionsTotal,
    long oldCollectionsTotal,
    long jvmCollectionsSeen,
    long collectionsRequestedTotal,
    long movedBytesTotal,
    long movedCohortsTotal,
    long movesCancelledTotal,
    long movesAbandonedTotal,
    long movesPinnedTotal,
    long oldestScopeSeconds,
    long adoptedAtSiteTotal,
    long adoptedLateTotal,
    long unmirroredTotal,
    long arenaFilledTotal,
    long repairsTotal,
    long moveNanosTotal,
    long moveNanosMax,
    String state) {
  /** All zero, for what does not run. */
  public static Figures none(String state) {
    return new Figures(
        0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0,
        0, 0, 0, 0, 0, state);
  }
}
