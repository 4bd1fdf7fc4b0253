package dev.holdfast.arena;

import java.util.ArrayList;
import java.util.List;

/**
 * The memory of all mirrors: chunks up to a limit. Thread-safe; never blocks for long, never waits
 * for memory.
 */
public final class Arena {
  /** Bytes of an ordinary chunk. */
  public static final int CHUNK = 1 << 20;

  /** Chunks that only the collector may take, so that a full nursery can still be emptied. */
  private static final int RESERVE = 1;

  private static final int FEW = 16;

  private final Memory memory;
  private final long limit;

  /**
   * Free chunks: the latest given is the last, the first have waited longest. They have room for
   * all chunks that were ever made, so that {@link #give} allocates nothing.
   */
  private final ArrayList<Chunk> free = new ArrayList<>(FEW);

  private final ArrayList<Chunk> freeLarge = new ArrayList<>(FEW);
  private int made;
  private int madeLarge;
  private long used;
  private long trims;
  private long returned;
  private long returnedTotal;

  /** Gives memory to the operating system that stays mapped. */
  @FunctionalInterface
  public interface Discard {
    /** Returns how many bytes were given, 0 when the system refuses. */
    long discard(long address, long bytes);
  }

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
    Chunk chunk = bytes == CHUNK ? latest() : large(bytes);
    if (chunk == null) {
      chunk = make(bytes);
      if (chunk == null) {
        return null;
      }
    }
    used += chunk.bytes();
    returned -= chunk.discarded();
    chunk.discarded(0);
    return chunk;
  }

  /** Native memory comes last: what is made before it is only garbage when it fails. */
  private Chunk make(int bytes) {
    if (bytes == CHUNK) {
      free.ensureCapacity(made + 1);
    } else {
      freeLarge.ensureCapacity(madeLarge + 1);
    }
    Chunk chunk = new Chunk(bytes);
    long address = memory.allocateRaw(bytes);
    if (address == 0) {
      return null;
    }
    chunk.at(address);
    if (bytes == CHUNK) {
      made++;
    } else {
      madeLarge++;
    }
    return chunk;
  }

  private Chunk latest() {
    return free.isEmpty() ? null : free.remove(free.size() - 1);
  }

  private Chunk large(int bytes) {
    for (int i = freeLarge.size() - 1; i >= 0; i--) {
      if (freeLarge.get(i).bytes() >= bytes) {
        return freeLarge.remove(i);
      }
    }
    return null;
  }

  /**
   * Gives a chunk back. No resident, nor anybody who may still read one, is left in it. Allocates
   * nothing.
   */
  public synchronized void give(Chunk chunk) {
    used -= chunk.bytes();
    chunk.reset();
    chunk.freedAt(trims);
    (chunk.bytes() == CHUNK ? free : freeLarge).add(chunk);
  }

  /**
   * Has the operating system take the memory of free chunks that nobody has needed since the trim
   * before the last. They stay on the free list and mapped, and cost a page fault a page when they
   * are taken again. Called at intervals; the lock is held for one chunk at a time.
   *
   * @param most chunks that are given back at once
   */
  public void trim(Discard to, int most) {
    long before = nextTrim() - 1;
    for (int i = 0; i < most && discardOne(to, before); i++) {
      // one more
    }
  }

  private synchronized long nextTrim() {
    return trims++;
  }

  private synchronized boolean discardOne(Discard to, long before) {
    Chunk idle = idle(free, before);
    if (idle == null) {
      idle = idle(freeLarge, before);
    }
    if (idle == null) {
      return false;
    }
    long bytes = to.discard(idle.address(), idle.bytes());
    idle.discarded(bytes);
    returned += bytes;
    returnedTotal += bytes;
    return bytes > 0;
  }

  /** The one that has waited longest and still has its memory, if it was freed before that trim. */
  private static Chunk idle(List<Chunk> list, long before) {
    for (Chunk chunk : list) {
      if (chunk.discarded() == 0) {
        return chunk.freedAt() < before ? chunk : null;
      }
    }
    return null;
  }

  /** Bytes of free chunks that the operating system has back. */
  public synchronized long returned() {
    return returned;
  }

  /** The same, summed over all times that a chunk was given back. */
  public synchronized long returnedTotal() {
    return returnedTotal;
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
