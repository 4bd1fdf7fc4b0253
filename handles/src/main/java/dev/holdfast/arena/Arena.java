package dev.holdfast.arena;

import java.util.ArrayDeque;

/**
 * The memory of all mirrors: chunks up to a limit. Thread-safe; never blocks for long, never waits
 * for memory.
 */
public final class Arena {
  /** Bytes of an ordinary chunk. */
  public static final int CHUNK = 1 << 20;

  /** Chunks that only the collector may take, so that a full nursery can still be emptied. */
  private static final int RESERVE = 1;

  private final Memory memory;
  private final long limit;
  private final ArrayDeque<Chunk> free = new ArrayDeque<>();
  private final ArrayDeque<Chunk> freeLarge = new ArrayDeque<>();
  private long used;

  /**
   * @param limit bytes that chunks in use may have together
   */
  public Arena(Memory memory, long limit) {
    this.memory = memory;
    this.limit = limit;
  }

  /**
   * A chunk for newborn mirrors, or null when the limit is reached or the allocator has no memory.
   */
  public Chunk take() {
    return take(CHUNK, limit - (long) RESERVE * CHUNK);
  }

  /** A chunk for moved mirrors, which may use the reserve; or null. */
  public Chunk takeForMoves() {
    return take(CHUNK, limit);
  }

  /** A chunk for one object of {@code bytes}, more than an ordinary chunk has; or null. */
  public Chunk takeLarge(int bytes) {
    return take((bytes + CHUNK - 1) & -CHUNK, limit - (long) RESERVE * CHUNK);
  }

  private synchronized Chunk take(int bytes, long most) {
    if (used + bytes > most) {
      return null;
    }
    Chunk chunk = bytes == CHUNK ? free.poll() : large(bytes);
    if (chunk == null) {
      long address = memory.allocateRaw(bytes);
      if (address == 0) {
        return null;
      }
      chunk = new Chunk(address, bytes);
    }
    used += chunk.bytes();
    return chunk;
  }

  private Chunk large(int bytes) {
    for (Chunk chunk : freeLarge) {
      if (chunk.bytes() >= bytes) {
        freeLarge.remove(chunk);
        return chunk;
      }
    }
    return null;
  }

  /** Gives a chunk back. No resident, nor anybody who may still read one, is left in it. */
  public synchronized void give(Chunk chunk) {
    used -= chunk.bytes();
    chunk.reset();
    (chunk.bytes() == CHUNK ? free : freeLarge).push(chunk);
  }

  public synchronized long used() {
    return used;
  }

  public long limit() {
    return limit;
  }

  /** Whether newborn mirrors could get another chunk. */
  public synchronized boolean hasRoom() {
    return used + CHUNK <= limit - (long) RESERVE * CHUNK;
  }

  public synchronized int freeChunks() {
    return free.size() + freeLarge.size();
  }
}
