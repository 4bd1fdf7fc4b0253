package dev.holdfast.space;

import dev.holdfast.arena.Arena;
import dev.holdfast.arena.Chunk;
import dev.holdfast.hook.Cohort;
import dev.holdfast.hook.EntryDescriptor;
import dev.holdfast.table.EntryTable;
import java.lang.ref.ReferenceQueue;
import java.util.List;

/** Where most cohorts are born. Thread-safe. */
public final class Nursery extends BirthSpace {
  /**
   * @param cohortBytes memory of an ordinary cohort, a multiple of 16, at most 1024
   * @param clock the JVM's collections
   */
  public Nursery(
      Arena arena,
      EntryTable table,
      ReferenceQueue<Cohort> deaths,
      int cohortBytes,
      CollectionClock clock) {
    super(arena, table, deaths, cohortBytes, EntryDescriptor.NURSERY, clock);
  }

  /** The chunks that were sealed before a collection began: what is left in them survives. */
  public synchronized List<Chunk> aged() {
    List<Chunk> aged = chunks();
    aged.removeIf(chunk -> !chunk.aged(clock.told()));
    return aged;
  }

  /** Stops filling the current chunk, and lets it count as aged: a collection was asked for. */
  public synchronized void seal() {
    close(null);
  }
}
