package dev.holdfast.space;

import dev.holdfast.arena.Arena;
import dev.holdfast.arena.Chunk;
import dev.holdfast.hook.Cohort;
import dev.holdfast.hook.EntryDescriptor;
import dev.holdfast.table.EntryTable;
import java.lang.ref.ReferenceQueue;
import java.util.List;
import java.util.function.LongSupplier;

/** Where most cohorts are born. Thread-safe. */
public final class Nursery extends BirthSpace {
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
    super(arena, table, deaths, cohortBytes, EntryDescriptor.NURSERY, collections);
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
