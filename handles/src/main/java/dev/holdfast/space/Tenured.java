package dev.holdfast.space;

import dev.holdfast.arena.Arena;
import dev.holdfast.hook.Cohort;
import dev.holdfast.hook.EntryDescriptor;
import dev.holdfast.table.EntryTable;
import java.lang.ref.ReferenceQueue;

/**
 * The part of old space where cohorts of sites are born whose objects mostly survive. Never aged;
 * its sparse chunks are evacuated like those of the other part. Thread-safe.
 */
public final class Tenured extends BirthSpace {
  /**
   * @param cohortBytes memory of an ordinary cohort, a multiple of 16, at most 1024
   * @param clock the JVM's collections
   */
  public Tenured(
      Arena arena,
      EntryTable table,
      ReferenceQueue<Cohort> deaths,
      int cohortBytes,
      CollectionClock clock) {
    super(arena, table, deaths, cohortBytes, EntryDescriptor.OLD, clock);
  }

  /** Stops filling the current chunk. */
  public synchronized void seal() {
    close(null);
  }
}
