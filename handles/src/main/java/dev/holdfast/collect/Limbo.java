package dev.holdfast.collect;

import dev.holdfast.arena.Chunk;
import dev.holdfast.arena.Memory;
import dev.holdfast.arena.RuntimeBlock;
import dev.holdfast.hook.EntryDescriptor;
import dev.holdfast.table.EntryTable;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;

/**
 * What has been taken out of circulation and may not be reused yet: memory that cohorts left or
 * died in, and retired entries. Collector's thread only.
 */
final class Limbo {
  /** Memory of a former resident. {@code index} is its entry if that is retired too, else -1. */
  private record Vacated(Chunk chunk, int bytes, int index) {}

  /** {@code entries}: retired opaque entries, which have no memory. */
  private record Batch(GracePeriod grace, List<Vacated> memory, List<Integer> entries) {}

  private final RuntimeBlock block;
  private final Memory memory;
  private final EntryTable table;
  private final Collector collector;
  private final ArrayDeque<Batch> batches = new ArrayDeque<>();
  private final List<Vacated> pinned = new ArrayList<>();
  private List<Vacated> gathering = new ArrayList<>();

  Limbo(EntryTable table, Collector collector) {
    this.table = table;
    this.block = table.block();
    this.memory = table.memory();
    this.collector = collector;
  }

  /** Memory that a cohort has moved away from. */
  void vacated(Chunk chunk, int bytes) {
    gathering.add(new Vacated(chunk, bytes, -1));
  }

  /** Memory of a dead cohort, whose entry is retired. */
  void died(Chunk chunk, int bytes, int index) {
    gathering.add(new Vacated(chunk, bytes, index));
  }

  /** Begins the grace period of all that was gathered since the last call. */
  void seal() {
    List<Integer> entries = table.takeRetiredOpaque();
    if (gathering.isEmpty() && entries.isEmpty()) {
      return;
    }
    long epoch = block.advanceEpoch();
    collector.heavyFence();
    batches.add(new Batch(new GracePeriod(block, epoch), gathering, entries));
    gathering = new ArrayList<>();
  }

  /** Reuses what has waited long enough. Returns whether memory came back. */
  boolean reclaim() {
    boolean freed = false;
    while (!batches.isEmpty() && batches.peek().grace().over()) {
      Batch batch = batches.poll();
      for (int index : batch.entries()) {
        table.recycle(index);
      }
      for (Vacated vacated : batch.memory()) {
        freed |= release(vacated);
      }
    }
    if (!pinned.isEmpty()) {
      List<Vacated> again = new ArrayList<>(pinned);
      pinned.clear();
      for (Vacated vacated : again) {
        freed |= release(vacated);
      }
    }
    return freed;
  }

  /** After its grace period: pins are looked at only now, when nobody can add one any more. */
  private boolean release(Vacated vacated) {
    if (vacated.index() >= 0) {
      if (memory.getIntAcquire(table.address(vacated.index()) + EntryDescriptor.PINS) != 0) {
        pinned.add(vacated);
        return false;
      }
      table.recycle(vacated.index());
    }
    vacated.chunk().space().reclaim(vacated.chunk(), vacated.bytes());
    return true;
  }

  boolean isEmpty() {
    return batches.isEmpty() && gathering.isEmpty() && pinned.isEmpty();
  }
}
