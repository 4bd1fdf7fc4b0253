package dev.holdfast.collect;

import dev.holdfast.arena.Chunk;
import dev.holdfast.arena.Memory;
import dev.holdfast.hook.EntryDescriptor;
import dev.holdfast.space.ChunkSpace;
import dev.holdfast.space.CohortRef;
import dev.holdfast.space.OldSpace;
import dev.holdfast.table.Vacated;
import java.util.ArrayList;
import java.util.List;

/**
 * Moves cohorts to old space, a batch at a time. Collector's thread only, which makes it the single
 * mover.
 *
 * <pre>
 * struct hfi_move:  0 entry | 8 to | 16 bytes u32 | 20 result i32      (24 bytes)
 * </pre>
 */
final class MoveBatch {
  /** Cohorts moved between two pairs of heavy fences. */
  static final int MOST = 256;

  private static final int STRIDE = 24;
  private static final int ENTRY = 0;
  private static final int TO = 8;
  private static final int BYTES = 16;
  private static final int RESULT = 20;
  private static final int MOVED = 1;
  private static final int CANCELLED = 2;
  private static final int PINNED = 3;
  private static final int ABANDONED = 4;
  private static final int WAIT_MICROS = 1000;

  /** Memory that a cohort moves away from. Made before the move: after it there is no way back. */
  private static final class Left implements Vacated {
    private final Chunk chunk;
    private final int bytes;
    private Vacated next;

    Left(CohortRef ref) {
      chunk = ref.chunk();
      bytes = ref.bytes();
    }

    @Override
    public Chunk chunk() {
      return chunk;
    }

    @Override
    public int bytes() {
      return bytes;
    }

    @Override
    public int index() {
      return -1; // the entry goes on
    }

    @Override
    public Vacated next() {
      return next;
    }

    @Override
    public void next(Vacated link) {
      next = link;
    }
  }

  private final Memory memory;
  private final OldSpace to;
  private final Limbo limbo;
  private final NativeOps ops;
  private final CollectorFigures figures;
  private final long moves;
  private final long epochOut;

  MoveBatch(Memory memory, OldSpace to, Limbo limbo, NativeOps ops, CollectorFigures figures) {
    this.memory = memory;
    this.to = to;
    this.limbo = limbo;
    this.ops = ops;
    this.figures = figures;
    this.moves = memory.allocateOrThrow((long) MOST * STRIDE);
    this.epochOut = memory.allocateOrThrow(8);
  }

  /**
   * Moves as many of these as it can; who is pinned, dead or written stays.
   *
   * @return how many were moved
   */
  int move(List<CohortRef> cohorts) {
    int moved = 0;
    for (int from = 0; from < cohorts.size(); from += MOST) {
      moved += moveSome(cohorts.subList(from, Math.min(cohorts.size(), from + MOST)));
    }
    return moved;
  }

  private int moveSome(List<CohortRef> cohorts) {
    List<CohortRef> batch = new ArrayList<>(cohorts.size());
    List<ChunkSpace.Place> places = new ArrayList<>(cohorts.size());
    List<Left> left = new ArrayList<>(cohorts.size());
    for (CohortRef ref : cohorts) {
      ChunkSpace.Place place = ref.refersTo(null) ? null : to.reserve(ref.bytes());
      if (place == null) {
        continue; // dead, told or not, or no room: it stays where it is
      }
      long move = moves + (long) batch.size() * STRIDE;
      memory.putLong(move + ENTRY, ref.entry());
      memory.putLong(move + TO, place.address());
      memory.putInt(move + BYTES, ref.bytes());
      memory.putInt(move + RESULT, 0);
      batch.add(ref);
      places.add(place);
      left.add(new Left(ref));
    }
    if (batch.isEmpty()) {
      return 0;
    }
    long start = System.nanoTime();
    int moved;
    try {
      moved = ops.move(moves, batch.size(), WAIT_MICROS, epochOut);
    } finally { // an Error may come behind the native call
      figures.batch(System.nanoTime() - start);
      for (int i = 0; i < batch.size(); i++) {
        int result = memory.getInt(moves + (long) i * STRIDE + RESULT);
        settle(batch.get(i), left.get(i), places.get(i), result);
      }
    }
    to.endBatch();
    limbo.seal();
    return moved;
  }

  /** Allocates nothing. */
  private void settle(CohortRef ref, Left left, ChunkSpace.Place place, int result) {
    switch (result) {
      case MOVED -> {
        left.chunk().space().left(left.chunk(), ref);
        limbo.add(left);
        memory.putIntRelease(ref.entry() + EntryDescriptor.STATE, EntryDescriptor.OLD);
        to.settle(place, ref);
        figures.moved(ref.bytes());
      }
      case CANCELLED -> figures.cancelled++;
      case PINNED -> figures.pinned++;
      case ABANDONED -> figures.abandoned++;
      default -> {}
    }
  }
}
