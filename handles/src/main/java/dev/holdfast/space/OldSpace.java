package dev.holdfast.space;

import dev.holdfast.arena.Arena;
import dev.holdfast.arena.Chunk;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;

/** Where surviving cohorts are moved. Allocates for the collector's thread; may be read by any. */
public final class OldSpace implements Chunk.Space {
  private final Arena arena;
  private final LongSupplier collections;
  private final List<Chunk> chunks = new ArrayList<>();
  private Chunk current;

  public OldSpace(Arena arena, LongSupplier collections) {
    this.arena = arena;
    this.collections = collections;
  }

  /** A place that a cohort may be moved to. */
  public record Place(Chunk chunk, long address) {}

  /**
   * A place for {@code bytes}, or null when the arena is full. What is not settled is lost room,
   * not a leak.
   */
  public synchronized Place reserve(int bytes) {
    long at = current == null ? 0 : current.reserve(bytes);
    if (at == 0) {
      Chunk fresh = bytes > Arena.CHUNK ? arena.takeLarge(bytes) : arena.takeForMoves();
      if (fresh == null) {
        return null;
      }
      if (current != null) {
        close();
      }
      current = fresh;
      current.owned(this);
      chunks.add(current);
      at = current.reserve(bytes);
    }
    return new Place(current, at);
  }

  /** A cohort has arrived. */
  public synchronized void settle(Place place, CohortRef ref) {
    ref.chunk(place.chunk());
    place.chunk().add(ref);
  }

  /** Ends a batch of moves: a chunk that was sealed on the way and got nobody goes back. */
  public synchronized void endBatch() {
    for (Chunk chunk : new ArrayList<>(chunks)) {
      if (chunk.sealed() && chunk.live() == 0) {
        chunks.remove(chunk);
        arena.give(chunk);
      }
    }
  }

  private void close() {
    current.seal(collections.getAsLong());
    current = null;
  }

  /** Sealed chunks less than half live, the emptiest first: worth evacuating. */
  public synchronized List<Chunk> sparse() {
    List<Chunk> sparse = new ArrayList<>();
    for (Chunk chunk : chunks) {
      if (chunk.sealed() && chunk.live() > 0 && chunk.live() < chunk.bytes() / 2) {
        sparse.add(chunk);
      }
    }
    sparse.sort((a, b) -> Integer.compare(a.live(), b.live()));
    return sparse;
  }

  public synchronized List<Chunk.Resident> residents(Chunk chunk) {
    return new ArrayList<>(chunk.residents());
  }

  @Override
  public synchronized void left(Chunk chunk, Chunk.Resident resident) {
    chunk.remove(resident);
  }

  @Override
  public synchronized void reclaim(Chunk chunk, int bytes) {
    chunk.reclaim(bytes);
    if (chunk.live() == 0 && chunk.sealed()) {
      chunks.remove(chunk);
      arena.give(chunk);
    }
  }

  public synchronized List<Chunk> chunks() {
    return new ArrayList<>(chunks);
  }

  /** Stops filling the current chunk. */
  public synchronized void seal() {
    if (current != null) {
      close();
      endBatch();
    }
  }
}
