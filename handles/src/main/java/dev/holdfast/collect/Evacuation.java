package dev.holdfast.collect;

import dev.holdfast.arena.Chunk;
import dev.holdfast.arena.Memory;
import dev.holdfast.hook.Cohort;
import dev.holdfast.hook.EntryDescriptor;
import dev.holdfast.hook.HandleBits;
import dev.holdfast.space.ChunkSpace;
import dev.holdfast.space.CohortRef;
import dev.holdfast.table.EntryTable;
import dev.holdfast.table.Owner;
import java.util.ArrayList;
import java.util.List;

/** What is moved, and when: minor and old collections, and zeal. Collector's thread only. */
final class Evacuation {
  private static final int ZEAL_COHORTS = 8;

  private final EntryTable table;
  private final Memory memory;
  private final Spaces spaces;
  private final long nurseryBytes;
  private final MoveBatch mover;
  private final Runnable betweenBatches;
  private final CollectorFigures figures;
  private int zealCursor;

  /**
   * @param nurseryBytes aged memory that makes a minor collection worth it
   * @param betweenBatches what must not wait for the end of a long collection
   */
  Evacuation(
      EntryTable table,
      Spaces spaces,
      long nurseryBytes,
      MoveBatch mover,
      Runnable betweenBatches,
      CollectorFigures figures) {
    this.table = table;
    this.memory = table.memory();
    this.spaces = spaces;
    this.nurseryBytes = nurseryBytes;
    this.mover = mover;
    this.betweenBatches = betweenBatches;
    this.figures = figures;
  }

  /** A minor collection, then an old one. {@code all}: however little has aged. */
  void collect(boolean all) {
    List<Chunk> aged = spaces.nursery().aged();
    long bytes = aged.stream().mapToLong(Chunk::bytes).sum();
    if (!aged.isEmpty() && (all || bytes >= nurseryBytes)) {
      aged.forEach(chunk -> empty(spaces.nursery(), chunk));
      figures.minor++;
    }
    List<Chunk> moved = spaces.old().sparse();
    List<Chunk> born = spaces.tenured().sparse();
    moved.forEach(chunk -> empty(spaces.old(), chunk));
    born.forEach(chunk -> empty(spaces.tenured(), chunk));
    if (!moved.isEmpty() || !born.isEmpty()) {
      figures.old++;
    }
  }

  /** The chunk may have been given back since it was chosen, and then has no space. */
  private void empty(ChunkSpace space, Chunk chunk) {
    List<Chunk.Resident> residents = space.residents(chunk);
    List<CohortRef> survivors = new ArrayList<>(residents.size());
    residents.forEach(resident -> survivors.add((CohortRef) resident));
    mover.move(survivors);
    betweenBatches.run();
  }

  /** Moves the cohort that a thread fills, and some others in turn, whatever space they are in. */
  void zeal(Cohort latest) {
    List<CohortRef> some = new ArrayList<>(ZEAL_COHORTS);
    if (latest != null) {
      addLiving(some, HandleBits.index(latest.handle));
    }
    int limit = table.limit();
    for (int tries = 0; tries < 4 * ZEAL_COHORTS && some.size() < ZEAL_COHORTS; tries++) {
      zealCursor = zealCursor + 1 < limit ? zealCursor + 1 : 0;
      addLiving(some, zealCursor);
    }
    mover.move(some);
    betweenBatches.run();
  }

  private void addLiving(List<CohortRef> to, int index) {
    Owner owner = table.owner(index);
    if (owner instanceof CohortRef ref) {
      boolean begun = memory.getLong(ref.entry() + EntryDescriptor.READY) != 0;
      if (begun && !ref.dead() && !to.contains(ref)) {
        to.add(ref);
      }
    }
  }
}
