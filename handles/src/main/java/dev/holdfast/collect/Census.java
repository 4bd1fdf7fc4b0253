package dev.holdfast.collect;

import dev.holdfast.arena.Memory;
import dev.holdfast.arena.RuntimeBlock;
import dev.holdfast.hook.Edges;
import dev.holdfast.hook.EntryDescriptor;
import dev.holdfast.hook.RecordDescriptor;
import dev.holdfast.hook.ThreadRecord;
import dev.holdfast.layout.Layouts;
import dev.holdfast.space.CohortRef;
import dev.holdfast.space.CollectionClock;
import dev.holdfast.stats.ClassFigures;
import dev.holdfast.stats.Figures;
import dev.holdfast.table.Counts;
import dev.holdfast.table.EntryTable;
import dev.holdfast.table.Owner;
import java.util.ArrayList;
import java.util.List;

/** Puts the figures together. Reading costs, counting does not. */
final class Census {
  private static final double NANOS = 1e9;

  private final EntryTable table;
  private final Memory memory;
  private final RuntimeBlock block;
  private final Counts counts;
  private final Layouts layouts;
  private final Spaces spaces;
  private final CollectionClock clock;
  private final CollectorFigures collector;
  private final Peers peers;

  Census(
      EntryTable table,
      Counts counts,
      Layouts layouts,
      Spaces spaces,
      CollectionClock clock,
      CollectorFigures collector,
      Peers peers) {
    this.table = table;
    this.memory = table.memory();
    this.block = table.block();
    this.counts = counts;
    this.layouts = layouts;
    this.spaces = spaces;
    this.clock = clock;
    this.collector = collector;
    this.peers = peers;
  }

  Figures figures(boolean mirrors, String state, long timesFull) {
    ThreadRecord.Totals adopted = mirrors ? ThreadRecord.totals() : null;
    return new Figures(
        counts.rooted(),
        counts.peak(),
        block.sum(RecordDescriptor.RETAINS),
        block.sum(RecordDescriptor.RELEASES),
        block.sum(RecordDescriptor.STALE),
        block.sum(RecordDescriptor.OVER_RELEASES),
        block.sum(RecordDescriptor.UNCOUNTED),
        counts.opaque().size(),
        mirrors ? Edges.living() : 0,
        peers.living(),
        queueLength(),
        spaces.arena().used(),
        spaces.arena().limit(),
        spaces.nursery().chunks().size(),
        spaces.old().chunks().size() + spaces.tenured().chunks().size(),
        spaces.arena().freeChunks(),
        spaces.arena().returned(),
        spaces.arena().returnedTotal(),
        cohortsLive(),
        collector.minor,
        collector.old,
        clock.told(),
        collector.requests,
        collector.movedBytes,
        collector.movedCohorts,
        collector.cancelled,
        collector.abandoned,
        collector.pinned,
        (long) (oldestScopeNanos() / NANOS),
        adopted == null ? 0 : adopted.adoptedAtSite,
        adopted == null ? 0 : adopted.adoptedLate,
        adopted == null ? 0 : adopted.refused,
        timesFull,
        collector.repairs,
        collector.moveNanos,
        collector.moveNanosMax,
        state);
  }

  private long queueLength() {
    long length = 0;
    int next = block.released();
    while (next != 0 && length < table.limit()) {
      length++;
      next = memory.getInt(table.address(next - 1) + EntryDescriptor.NEXT);
    }
    return length;
  }

  private long cohortsLive() {
    long live = 0;
    for (int index = 0; index < table.limit(); index++) {
      if (table.owner(index) instanceof CohortRef) {
        live++;
      }
    }
    return live;
  }

  private long oldestScopeNanos() {
    long now = System.nanoTime(); // CLOCK_MONOTONIC, as libholdfast writes
    long[] oldest = new long[1];
    block.forEachRecord(
        record -> {
          long since = memory.getLongAcquire(record + RecordDescriptor.SINCE);
          if (since != 0) {
            oldest[0] = Math.max(oldest[0], now - since);
          }
        });
    return oldest[0];
  }

  /** On the collector's thread, so that nothing moves meanwhile. */
  List<ClassFigures> classes() {
    long[] living = new long[layouts.typesLimit()];
    for (int index = 0; index < table.limit(); index++) {
      Owner owner = table.owner(index);
      if (owner instanceof CohortRef) {
        count(owner.entry(), living);
      }
    }
    List<ClassFigures> rows = new ArrayList<>();
    for (Layouts.Row row : layouts.rows()) {
      ClassLoader loader = row.loader().get();
      rows.add(
          new ClassFigures(
              row.name(),
              loader == null ? "unloaded" : named(loader),
              row.state(),
              row.typeId() < living.length ? living[row.typeId()] : 0,
              row.size()));
    }
    rows.sort((a, b) -> Long.compare(b.mirrorsLive(), a.mirrorsLive()));
    return rows;
  }

  /** Not by its {@code toString}, which is the program's code. */
  private static String named(ClassLoader loader) {
    return loader == null
        ? "boot"
        : loader.getClass().getName() + "@" + Integer.toHexString(System.identityHashCode(loader));
  }

  private void count(long entry, long[] living) {
    long base = memory.getLongAcquire(entry + EntryDescriptor.BASE) & ~EntryDescriptor.MOVING;
    long ready = memory.getLongAcquire(entry + EntryDescriptor.READY);
    for (; ready != 0; ready &= ready - 1) {
      int type = memory.getInt(base + 16L * Long.numberOfTrailingZeros(ready));
      if (type > 0 && type < living.length) {
        living[type]++;
      }
    }
  }
}
