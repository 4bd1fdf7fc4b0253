package dev.holdfast.arena;

import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;

/**
 * One piece of arena memory (1 MiB, more for a single large object), filled from the start. Guarded
 * by the space that owns it.
 *
 * <p>{@code live} counts the bytes of residents whose memory may still be read: it falls only after
 * a resident has died or moved <em>and</em> the grace period is over, so {@code live == 0} means
 * reusable.
 */
public final class Chunk {
  /** What has its memory in a chunk. */
  public interface Resident {
    /** Its memory in bytes, a multiple of 16. */
    int bytes();

    /** Where it stands in its chunk's list; kept by the chunk. */
    int position();

    void position(int position);
  }

  /** Who says how a chunk is filled, and what becomes of it when it is empty. */
  public interface Space {
    /** A resident of one of its chunks has died or moved away. */
    void left(Chunk chunk, Resident resident);

    /** Nobody can read a former resident's memory any more. */
    void reclaim(Chunk chunk, int bytes);
  }

  private static final int FEW = 16;

  private long address;
  private final int bytes;
  private final ArrayList<Resident> residents = new ArrayList<>(FEW);
  private Space space;
  private int filled;
  private int reserved;
  private int live;
  private boolean sealed;
  private long sealedAt;
  private Reference<?> canary;
  private long freedAt;
  private long discarded;

  Chunk(int bytes) {
    this.bytes = bytes;
  }

  /** Where its memory is; said once, before anybody else knows it. */
  void at(long where) {
    address = where;
  }

  public long address() {
    return address;
  }

  public int bytes() {
    return bytes;
  }

  public boolean contains(long where) {
    return where >= address && where < address + bytes;
  }

  /**
   * Memory for a resident, or 0 when this chunk has no room. Makes room for it in the list of
   * residents too, so that {@link #add} allocates nothing.
   */
  public long reserve(int size) {
    if (size > bytes - filled) {
      return 0;
    }
    residents.ensureCapacity(reserved + 1);
    reserved++;
    long at = address + filled;
    filled += size;
    return at;
  }

  public Space space() {
    return space;
  }

  /** Gives the chunk to a space. */
  public void owned(Space by) {
    space = by;
  }

  /** A resident lives here now. */
  public void add(Resident resident) {
    resident.position(residents.size());
    residents.add(resident);
    live += resident.bytes();
  }

  /** A resident has left or died; its memory is not reusable before {@link #reclaim}. */
  public void remove(Resident resident) {
    int at = resident.position();
    Resident last = residents.remove(residents.size() - 1);
    if (last != resident) {
      residents.set(at, last);
      last.position(at);
    }
  }

  /** The grace period of {@code size} bytes is over. */
  public void reclaim(int size) {
    live -= size;
  }

  public int live() {
    return live;
  }

  public int filled() {
    return filled;
  }

  /** Those who live here, in no order. */
  public List<Resident> residents() {
    return residents;
  }

  /**
   * No more memory is handed out.
   *
   * @param collection collections that the JVM has told of by now
   * @param shows is cleared by the first that begins from now on; null: it counts as aged at once
   */
  public void seal(long collection, Reference<?> shows) {
    sealed = true;
    sealedAt = collection;
    canary = shows;
  }

  /**
   * Sealed, and the JVM has collected since. Two that were told since do as well as the canary,
   * which may have gone to the JVM's old generation: the second began after the first was told.
   */
  public boolean aged(long collection) {
    return sealed && (canary == null || canary.refersTo(null) || collection > sealedAt + 1);
  }

  public boolean sealed() {
    return sealed;
  }

  /** While it is free: the number of the arena's latest trim when it was given back. */
  long freedAt() {
    return freedAt;
  }

  void freedAt(long trim) {
    freedAt = trim;
  }

  /** While it is free: how many of its bytes the operating system has back. */
  long discarded() {
    return discarded;
  }

  void discarded(long by) {
    discarded = by;
  }

  void reset() {
    filled = 0;
    reserved = 0;
    live = 0;
    sealed = false;
    residents.clear();
    space = null;
  }
}
