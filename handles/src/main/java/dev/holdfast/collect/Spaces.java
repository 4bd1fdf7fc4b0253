package dev.holdfast.collect;

import dev.holdfast.arena.Arena;
import dev.holdfast.arena.Chunk;
import dev.holdfast.hook.Cohort;
import dev.holdfast.space.ChunkSpace;
import dev.holdfast.space.CollectionClock;
import dev.holdfast.space.Nursery;
import dev.holdfast.space.OldSpace;
import dev.holdfast.space.Tenured;
import dev.holdfast.table.EntryTable;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.List;

/** Where mirrors are: the plan that the collector drives. Any thread. */
record Spaces(Arena arena, Nursery nursery, Tenured tenured, OldSpace old) {
  /**
   * @param deaths where the death of each cohort is told
   * @param cohortBytes memory of an ordinary cohort
   * @param clock the JVM's collections
   */
  static Spaces in(
      Arena arena,
      EntryTable table,
      ReferenceQueue<Cohort> deaths,
      int cohortBytes,
      CollectionClock clock) {
    return new Spaces(
        arena,
        new Nursery(arena, table, deaths, cohortBytes, clock),
        new Tenured(arena, table, deaths, cohortBytes, clock),
        new OldSpace(arena, clock));
  }

  /** Stops filling the current chunks: what is in them may be collected. */
  void seal() {
    nursery.seal();
    tenured.seal();
    old.seal();
  }

  List<Chunk> chunks() {
    List<Chunk> all = new ArrayList<>(nursery.chunks());
    all.addAll(tenured.chunks());
    all.addAll(old.chunks());
    return all;
  }

  List<Chunk.Resident> residents(Chunk chunk) {
    ChunkSpace space =
        chunk.space() == nursery ? nursery : chunk.space() == tenured ? tenured : old;
    return space.residents(chunk);
  }

  boolean isOld(Chunk chunk) {
    return chunk.space() != nursery;
  }
}
