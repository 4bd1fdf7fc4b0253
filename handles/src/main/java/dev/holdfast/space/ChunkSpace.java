package dev.holdfast.space;

import dev.holdfast.arena.Arena;
import dev.holdfast.arena.Chunk;
import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;

/** Chunks that are filled one after the other, and what becomes of them. Thread-safe. */
public abstract class ChunkSpace implements Chunk.Space {
  private static final int FEW = 16;

  final CollectionClock clock;
  private final Arena arena;
  private final ArrayList<Chunk> chunks = new ArrayList<>();
  private Chunk current;

  /**
   * @param clock the JVM's collections
   */
  ChunkSpace(Arena arena, CollectionClock clock) {
    this.arena = arena;
    this.clock = clock;
  }

  /** A piece of a chunk of this space. */
  public record Place(Chunk chunk, long address) {}

  /** Takes a chunk for {@code bytes} and more from the arena, or null. */
  abstract Chunk fresh(Arena from, int bytes);

  /** A place for {@code bytes}, or null when the arena is full. Under the space's lock. */
  final Place fill(int bytes) {
    long at = current == null ? 0 : current.reserve(bytes);
    if (at == 0) {
      if (current != null) {
        close(clock.canary()); // made before anything is changed
      }
      chunks.ensureCapacity(Math.max(FEW, chunks.size() + 1)); // nothing fails behind fresh
      current = fresh(arena, bytes);
      if (current == null) {
        return null;
      }
      current.owned(this);
      chunks.add(current);
      at = current.reserve(bytes);
    }
    return new Place(current, at);
  }

  /** Ends the filling of the current chunk, with a canary or null. */
  final void close(Reference<?> canary) {
    Chunk closed = current;
    if (closed != null) {
      current = null;
      closed.seal(clock.told(), canary);
      ended(closed);
    }
  }

  /** The current chunk was sealed. */
  abstract void ended(Chunk chunk);

  final void giveBackIfEmpty(Chunk chunk) {
    if (chunk.live() == 0 && chunk.sealed()) {
      chunks.remove(chunk);
      arena.give(chunk);
    }
  }

  /** Sealed chunks less than half live, the emptiest first: worth evacuating. */
  public final synchronized List<Chunk> sparse() {
    List<Chunk> sparse = chunks();
    sparse.removeIf(
        chunk -> !chunk.sealed() || chunk.live() == 0 || chunk.live() >= chunk.bytes() / 2);
    sparse.sort((a, b) -> Integer.compare(a.live(), b.live()));
    return sparse;
  }

  /** Who lives in a chunk now; nobody when it was given back meanwhile. */
  public final synchronized List<Chunk.Resident> residents(Chunk chunk) {
    return new ArrayList<>(chunk.residents());
  }

  @Override
  public final synchronized void left(Chunk chunk, Chunk.Resident resident) {
    chunk.remove(resident);
  }

  @Override
  public final synchronized void reclaim(Chunk chunk, int bytes) {
    chunk.reclaim(bytes);
    giveBackIfEmpty(chunk);
  }

  public final synchronized List<Chunk> chunks() {
    return new ArrayList<>(chunks);
  }
}
