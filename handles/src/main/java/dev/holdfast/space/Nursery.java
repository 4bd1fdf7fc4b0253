package dev.holdfast.space;

import dev.holdfast.arena.Arena;
import dev.holdfast.arena.Chunk;
import dev.holdfast.arena.Memory;
import dev.holdfast.hook.Allotment;
import dev.holdfast.hook.Cohort;
import dev.holdfast.hook.EntryDescriptor;
import dev.holdfast.hook.HandleBits;
import dev.holdfast.table.EntryTable;
import java.lang.ref.ReferenceQueue;
import java.util.Arrays;
import java.util.List;
import java.util.function.LongSupplier;

/** Where cohorts are born. Thread-safe. */
public final class Nursery extends ChunkSpace {
  /** Cohorts that a thread takes at once. */
  private static final int RUN = 16;

  private final EntryTable table;
  private final Memory memory;
  private final ReferenceQueue<Cohort> deaths;
  private final int cohortBytes;

  /**
   * @param cohortBytes memory of an ordinary cohort, a multiple of 16, at most 1024
   * @param collections how many JVM collections have been seen
   */
  public Nursery(
      Arena arena,
      EntryTable table,
      ReferenceQueue<Cohort> deaths,
      int cohortBytes,
      LongSupplier collections) {
    super(arena, collections);
    this.table = table;
    this.memory = table.memory();
    this.deaths = deaths;
    this.cohortBytes = cohortBytes;
  }

  /** A run of fresh cohorts, or null when the arena is full. */
  public synchronized Allotment allot() {
    Cohort[] run = new Cohort[RUN];
    for (int i = 0; i < RUN; i++) {
      Cohort cohort = reserve(cohortBytes);
      if (cohort == null) {
        return i == 0 ? null : new Allotment(Arrays.copyOf(run, i), slots());
      }
      run[i] = cohort;
    }
    return new Allotment(run, slots());
  }

  private int slots() {
    return cohortBytes >> HandleBits.SLOT_SHIFT;
  }

  private Cohort reserve(int bytes) {
    Place place = fill(bytes);
    return place == null ? null : open(place.chunk(), place.address(), bytes);
  }

  @Override
  Chunk fresh(Arena from, int bytes) {
    return bytes > Arena.CHUNK ? from.takeLarge(bytes) : from.take();
  }

  @Override
  void ended(Chunk chunk) {
    giveBackIfEmpty(chunk);
  }

  /** A cohort for one object of more than {@link HandleBits#SLOTS} slots, or null. */
  public synchronized Cohort allotLarge(int slots) {
    return reserve(slots << HandleBits.SLOT_SHIFT);
  }

  private Cohort open(Chunk chunk, long at, int bytes) {
    int index = table.take();
    if (index < 0) {
      return null;
    }
    long entry = table.address(index);
    int stamp = table.stamp(index);
    memory.putInt(entry + EntryDescriptor.BYTES, bytes);
    memory.putInt(entry + EntryDescriptor.STATE, EntryDescriptor.NURSERY);
    memory.putLong(entry + EntryDescriptor.READY, 0);
    memory.putLongRelease(entry + EntryDescriptor.BASE, at);
    long first = HandleBits.of(stamp, index, 0);
    memory.putLongRelease(entry + EntryDescriptor.FIRST, first);
    Cohort token = new Cohort(entry, first);
    CohortRef ref = new CohortRef(token, deaths, index, stamp, bytes, chunk);
    chunk.add(ref);
    table.setOwner(index, ref);
    return token;
  }

  /**
   * The chunks that were sealed before the JVM's latest collection: what is left in them survives.
   */
  public synchronized List<Chunk> aged() {
    List<Chunk> aged = chunks();
    aged.removeIf(chunk -> !chunk.aged(collectionsSeen()));
    return aged;
  }

  /** Stops filling the current chunk, and lets it count as aged: a collection was asked for. */
  public synchronized void seal() {
    close(collectionsSeen() - 1);
  }
}
