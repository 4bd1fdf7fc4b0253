package dev.holdfast.collect;

import dev.holdfast.arena.Chunk;
import dev.holdfast.arena.Memory;
import dev.holdfast.arena.RuntimeBlock;
import dev.holdfast.hook.EntryDescriptor;
import dev.holdfast.table.EntryTable;
import dev.holdfast.table.Vacated;
import dev.holdfast.table.VacatedList;

/**
 * What has been taken out of circulation and may not be reused yet: memory that cohorts left or
 * died in, and retired entries. Collector's thread only.
 *
 * <p>Nothing that waits here is lost to an OutOfMemoryError: what {@link #seal} needs it allocates
 * before its first step that counts, and the rest allocates nothing.
 */
final class Limbo {
  /** What was sealed together; a link of the list of batches. */
  private static final class Batch {
    final GracePeriod grace;
    final VacatedList waiting;
    Batch next;

    Batch(GracePeriod grace, VacatedList waiting) {
      this.grace = grace;
      this.waiting = waiting;
    }
  }

  private final RuntimeBlock block;
  private final Memory memory;
  private final EntryTable table;
  private final Collector collector;
  private final VacatedList pinned = new VacatedList();
  private final VacatedList again = new VacatedList();
  private VacatedList gathering = new VacatedList();
  private Batch oldest;
  private Batch latest;

  Limbo(EntryTable table, Collector collector) {
    this.table = table;
    this.block = table.block();
    this.memory = table.memory();
    this.collector = collector;
  }

  /** Memory that a cohort has moved away from, or a dead cohort whose entry is retired. */
  void add(Vacated vacated) {
    gathering.add(vacated);
  }

  /** Begins the grace period of all that was gathered since the last call. */
  void seal() {
    table.takeRetiredOpaque(gathering);
    if (gathering.isEmpty()) {
      return;
    }
    VacatedList empty = new VacatedList();
    long epoch = block.advanceEpoch();
    collector.heavyFence();
    Batch batch = new Batch(new GracePeriod(block, epoch), gathering);
    gathering = empty;
    if (latest == null) {
      oldest = batch;
    } else {
      latest.next = batch;
    }
    latest = batch;
  }

  /** Reuses what has waited long enough. Returns whether memory came back. */
  boolean reclaim() {
    boolean freed = false;
    while (oldest != null && oldest.grace.over()) {
      freed |= release(oldest.waiting);
      oldest = oldest.next;
      if (oldest == null) {
        latest = null;
      }
    }
    again.addAll(pinned);
    freed |= release(again);
    return freed;
  }

  private boolean release(VacatedList waiting) {
    boolean freed = false;
    Vacated vacated;
    while ((vacated = waiting.poll()) != null) {
      freed |= release(vacated);
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
    Chunk chunk = vacated.chunk();
    if (chunk == null) {
      return false;
    }
    chunk.space().reclaim(chunk, vacated.bytes());
    return true;
  }

  boolean isEmpty() {
    return oldest == null && gathering.isEmpty() && pinned.isEmpty();
  }
}
