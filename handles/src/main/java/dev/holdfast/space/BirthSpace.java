package dev.holdfast.space;

import dev.holdfast.arena.Arena;
import dev.holdfast.arena.Chunk;
import dev.holdfast.arena.Memory;
import dev.holdfast.hook.AllocationSite;
import dev.holdfast.hook.Allotment;
import dev.holdfast.hook.Cohort;
import dev.holdfast.hook.EntryDescriptor;
import dev.holdfast.hook.HandleBits;
import dev.holdfast.table.EntryTable;
import java.lang.ref.ReferenceQueue;
import java.util.Arrays;
import java.util.function.Consumer;

/** Where cohorts are born. Thread-safe. */
public abstract class BirthSpace extends ChunkSpace {
  /** Cohorts that a thread takes at once. */
  private static final int RUN = 16;

  private final EntryTable table;
  private final Memory memory;
  private final ReferenceQueue<Cohort> deaths;
  private final int cohortBytes;
  private final int state;

  /**
   * @param state what the entries of newborn cohorts say of their space
   * @param cohortBytes memory of an ordinary cohort, a multiple of 16, at most 1024
   * @param clock the JVM's collections
   */
  BirthSpace(
      Arena arena,
      EntryTable table,
      ReferenceQueue<Cohort> deaths,
      int cohortBytes,
      int state,
      CollectionClock clock) {
    super(arena, clock);
    this.state = state;
    this.table = table;
    this.memory = table.memory();
    this.deaths = deaths;
    this.cohortBytes = cohortBytes;
  }

  /** A run of fresh cohorts, or null when the arena is full. */
  public final synchronized Allotment allot() {
    Cohort[] run = new Cohort[RUN];
    for (int i = 0; i < RUN; i++) {
      Cohort cohort = reserve(cohortBytes, null, null);
      if (cohort == null) {
        return i == 0 ? null : new Allotment(Arrays.copyOf(run, i), slots());
      }
      run[i] = cohort;
    }
    return new Allotment(run, slots());
  }

  /** Slots of an ordinary cohort. */
  public int slots() {
    return cohortBytes >> HandleBits.SLOT_SHIFT;
  }

  /**
   * @param site whose sample it is, or null
   * @param born is told of a sample
   */
  private Cohort reserve(int bytes, AllocationSite site, Consumer<SampleRef> born) {
    Place place = fill(bytes);
    return place == null ? null : open(place.chunk(), place.address(), bytes, site, born);
  }

  @Override
  final Chunk fresh(Arena from, int bytes) {
    return bytes > Arena.CHUNK ? from.takeLarge(bytes) : from.take();
  }

  @Override
  final void ended(Chunk chunk) {
    giveBackIfEmpty(chunk);
  }

  /** A cohort for one object of more than {@link #slots} slots, or null. */
  public final synchronized Cohort allotLarge(int slots) {
    return reserve(slots << HandleBits.SLOT_SHIFT, null, null);
  }

  /**
   * A cohort for one object whose death is to be told for itself, or null.
   *
   * @param born is told of it before anybody else
   */
  public final synchronized Cohort allotSample(
      int slots, AllocationSite site, Consumer<SampleRef> born) {
    return reserve(slots << HandleBits.SLOT_SHIFT, site, born);
  }

  private Cohort open(
      Chunk chunk, long at, int bytes, AllocationSite site, Consumer<SampleRef> born) {
    int index = table.take();
    if (index < 0) {
      return null;
    }
    Cohort token = null;
    try {
      token = open(index, chunk, at, bytes, site, born);
    } finally {
      if (token == null) { // an Error: nobody has seen the entry
        table.recycle(index);
      }
    }
    return token;
  }

  private Cohort open(
      int index, Chunk chunk, long at, int bytes, AllocationSite site, Consumer<SampleRef> born) {
    long entry = table.address(index);
    int stamp = table.stamp(index);
    memory.putInt(entry + EntryDescriptor.BYTES, bytes);
    memory.putInt(entry + EntryDescriptor.STATE, state);
    memory.putLong(entry + EntryDescriptor.READY, 0);
    memory.putLongRelease(entry + EntryDescriptor.BASE, at);
    long first = HandleBits.of(stamp, index, 0);
    memory.putLongRelease(entry + EntryDescriptor.FIRST, first);
    Cohort token = new Cohort(entry, first);
    CohortRef ref;
    if (site == null) {
      ref = new CohortRef(token, deaths, index, stamp, bytes, chunk);
    } else {
      SampleRef sample =
          new SampleRef(token, deaths, index, stamp, bytes, chunk, site, clock.seen());
      born.accept(sample);
      ref = sample;
    }
    chunk.add(ref);
    table.setOwner(index, ref);
    return token;
  }
}
