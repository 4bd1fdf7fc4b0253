package dev.holdfast.space;

import dev.holdfast.arena.Arena;
import dev.holdfast.arena.Chunk;

/** Where surviving cohorts are moved. Allocates for the collector's thread; may be read by any. */
public final class OldSpace extends ChunkSpace {
  public OldSpace(Arena arena, CollectionClock clock) {
    super(arena, clock);
  }

  /**
   * A place for {@code bytes}, or null when the arena is full. What is not settled is lost room,
   * not a leak.
   */
  public synchronized Place reserve(int bytes) {
    return fill(bytes);
  }

  @Override
  Chunk fresh(Arena from, int bytes) {
    return bytes > Arena.CHUNK ? from.takeLarge(bytes) : from.takeForMoves();
  }

  @Override
  void ended(Chunk chunk) {
    // places in it may still be settled: endBatch sees to it
  }

  /** A cohort has arrived. */
  public synchronized void settle(Place place, CohortRef ref) {
    ref.chunk(place.chunk());
    place.chunk().add(ref);
  }

  /** Ends a batch of moves: a chunk that was sealed on the way and got nobody goes back. */
  public synchronized void endBatch() {
    chunks().forEach(this::giveBackIfEmpty);
  }

  /** Stops filling the current chunk. */
  public synchronized void seal() {
    close(null);
    endBatch();
  }
}
