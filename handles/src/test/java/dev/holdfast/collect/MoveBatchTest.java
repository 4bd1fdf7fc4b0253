package dev.holdfast.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.arena.Arena;
import dev.holdfast.arena.Chunk;
import dev.holdfast.arena.RuntimeBlock;
import dev.holdfast.arena.UnsafeMemory;
import dev.holdfast.hook.Allotment;
import dev.holdfast.space.CohortRef;
import dev.holdfast.table.EntryTable;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class MoveBatchTest {
  private final UnsafeMemory memory = new UnsafeMemory();
  private final EntryTable table = new EntryTable(new RuntimeBlock(memory));
  private final Spaces spaces =
      Spaces.in(
          new Arena(memory, 4L * Arena.CHUNK),
          table,
          new ReferenceQueue<>(),
          1024,
          new Canary(new ReferenceQueue<>()));
  private final Moves moves = new Moves();
  private final MoveBatch batch =
      new MoveBatch(memory, spaces.old(), new Limbo(table, null), moves, new CollectorFigures());

  /** Notes how many it is to move, and moves none. */
  private static final class Moves implements NativeOps {
    private int asked;

    @Override
    public boolean membarrier() {
      return true;
    }

    @Override
    public void heavyFence() {}

    @Override
    public int move(long moves, int n, int waitMicros, long epochOut) {
      asked += n;
      return 0;
    }

    @Override
    public long discard(long address, long bytes) {
      return 0;
    }

    @Override
    public void destroy(long function, long data) {}

    @Override
    public void shutdown() {}
  }

  @Test
  void aCohortWhoseDeathIsStillToBeToldIsNotMoved() {
    Allotment tokens = spaces.nursery().allot();
    try {
      List<CohortRef> living = new ArrayList<>();
      for (Chunk.Resident resident : spaces.nursery().chunks().get(0).residents()) {
        living.add((CohortRef) resident);
      }
      living.get(0).clear();
      batch.move(living);
      assertThat(moves.asked).isEqualTo(living.size() - 1);
    } finally {
      Reference.reachabilityFence(tokens);
    }
  }
}
