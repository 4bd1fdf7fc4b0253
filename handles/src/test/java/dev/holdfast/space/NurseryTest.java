package dev.holdfast.space;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.arena.Arena;
import dev.holdfast.arena.Chunk;
import dev.holdfast.arena.RuntimeBlock;
import dev.holdfast.arena.UnsafeMemory;
import dev.holdfast.hook.Cohort;
import dev.holdfast.hook.EntryDescriptor;
import dev.holdfast.hook.HandleBits;
import dev.holdfast.table.EntryTable;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;

class NurseryTest {
  private static final int COHORT = 1024;

  /** Allotments that fill a chunk. */
  private static final int RUNS = Arena.CHUNK / COHORT / 16;

  private final UnsafeMemory memory = new UnsafeMemory();
  private final EntryTable table = new EntryTable(new RuntimeBlock(memory));
  private final Arena arena = new Arena(memory, 8L * Arena.CHUNK);
  private final Clock clock = new Clock();
  private final Nursery nursery = new Nursery(arena, table, new ReferenceQueue<>(), COHORT, clock);

  /** The JVM's collections as a test has them. */
  private static final class Clock implements CollectionClock {
    private final Object collectedByTheTestAlone = new Object();
    private Reference<?> latest;
    private long told = 10;

    @Override
    public long seen() {
      return told;
    }

    @Override
    public long told() {
      return told;
    }

    @Override
    public Reference<?> canary() {
      latest = new WeakReference<>(collectedByTheTestAlone);
      return latest;
    }
  }

  private void fillAChunk() {
    for (int i = 0; i < RUNS; i++) {
      assertThat(nursery.allot()).isNotNull();
    }
  }

  /** All who live in a chunk die, and nobody can read them any more. */
  private void empty(Chunk chunk) {
    for (Chunk.Resident resident : nursery.residents(chunk)) {
      nursery.left(chunk, resident);
      nursery.reclaim(chunk, resident.bytes());
    }
  }

  private List<CohortRef> living() {
    List<CohortRef> living = new ArrayList<>();
    for (Chunk chunk : nursery.chunks()) {
      nursery.residents(chunk).forEach(resident -> living.add((CohortRef) resident));
    }
    return living;
  }

  private long base(CohortRef ref) {
    return memory.getLong(ref.entry() + EntryDescriptor.BASE);
  }

  @Test
  void cohortsDoNotOverlap() {
    fillAChunk();
    Set<Long> bases = new HashSet<>();
    for (CohortRef ref : living()) {
      assertThat(ref.chunk().contains(base(ref))).isTrue();
      assertThat((base(ref) - ref.chunk().address()) % COHORT).isZero();
      assertThat(bases.add(base(ref))).isTrue();
    }
    assertThat(bases).hasSize(Arena.CHUNK / COHORT);
  }

  @Test
  void aNewbornCohortIsInItsEntry() {
    nursery.allot();
    for (CohortRef ref : living()) {
      assertThat(memory.getInt(ref.entry() + EntryDescriptor.STATE))
          .isEqualTo(EntryDescriptor.NURSERY);
      assertThat(memory.getInt(ref.entry() + EntryDescriptor.BYTES)).isEqualTo(COHORT);
      assertThat(memory.getLong(ref.entry() + EntryDescriptor.READY)).isZero();
      assertThat(table.owner(ref.index())).isSameAs(ref);
      assertThat(table.address(ref.index())).isEqualTo(ref.entry());
    }
  }

  @Test
  void onlyAChunkThatWasFullBeforeTheJvmCollectedHasAged() {
    fillAChunk();
    nursery.allot();
    Chunk full = nursery.chunks().get(0);
    assertThat(nursery.aged()).isEmpty();
    clock.latest.clear();
    assertThat(nursery.aged()).containsExactly(full);
  }

  /** A concurrent collector takes all that was born since its begin for living. */
  @Test
  void aChunkThatWasSealedAfterACollectionHadBegunIsYoungerThanIt() {
    fillAChunk();
    nursery.allot();
    clock.told++;
    assertThat(nursery.aged()).isEmpty();
  }

  @Test
  void twoCollectionsThatWereToldDoForACanaryThatHasGrownOld() {
    fillAChunk();
    nursery.allot();
    Chunk full = nursery.chunks().get(0);
    clock.told += 2;
    assertThat(nursery.aged()).containsExactly(full);
  }

  @Test
  void sealingCountsAsAged() {
    nursery.allot();
    nursery.seal();
    assertThat(nursery.aged()).hasSize(1);
  }

  @Test
  void aFullChunkGoesBackWhenItsLastResidentHasGone() {
    fillAChunk();
    nursery.allot();
    assertThat(arena.used()).isEqualTo(2 * Arena.CHUNK);
    empty(nursery.chunks().get(0));
    assertThat(arena.used()).isEqualTo(Arena.CHUNK);
    assertThat(nursery.chunks()).hasSize(1);
  }

  @Test
  void aChunkWhoseResidentsHaveAllGoneBeforeItIsFullGoesBackWhenItIsFull() {
    fillAChunk();
    empty(nursery.chunks().get(0));
    nursery.allot();
    assertThat(nursery.chunks()).hasSize(1);
    assertThat(arena.used()).isEqualTo(Arena.CHUNK);
  }

  @Test
  void aSealedChunkWithoutResidentsGoesBack() {
    nursery.allot();
    empty(nursery.chunks().get(0));
    assertThat(arena.used()).isEqualTo(Arena.CHUNK);
    nursery.seal();
    assertThat(arena.used()).isZero();
  }

  @Test
  void aChunkIsKeptWhileSomebodyMayReadAFormerResident() {
    fillAChunk();
    nursery.allot();
    Chunk full = nursery.chunks().get(0);
    for (Chunk.Resident resident : nursery.residents(full)) {
      nursery.left(full, resident);
    }
    assertThat(nursery.chunks()).contains(full);
    assertThat(full.live()).isEqualTo(Arena.CHUNK);
  }

  @Test
  void aLargeCohortHasTheMemoryThatItAskedFor() {
    nursery.allot();
    Cohort large = nursery.allotLarge(300);
    assertThat(memory.getInt(large.entry + EntryDescriptor.BYTES))
        .isEqualTo(300 * HandleBits.SLOT_BYTES);
  }

  @Test
  void largeCohortsShareAChunk() {
    for (int i = 0; i < 100; i++) {
      assertThat(nursery.allotLarge(100)).isNotNull();
    }
    assertThat(nursery.chunks()).hasSize(1);
  }

  @Test
  void aLargeCohortThatDoesNotFitOpensAnotherChunk() {
    int slots = 256 * 1024 / HandleBits.SLOT_BYTES;
    for (int i = 0; i < 5; i++) {
      assertThat(nursery.allotLarge(slots)).isNotNull();
    }
    assertThat(nursery.chunks()).hasSize(2);
  }

  @Test
  void aFullArenaAnswersNull() {
    Arena small = new Arena(memory, 2L * Arena.CHUNK);
    Nursery tight = new Nursery(small, table, new ReferenceQueue<>(), COHORT, clock);
    for (int i = 0; i < RUNS; i++) {
      assertThat(tight.allot()).isNotNull();
    }
    assertThat(tight.allot()).isNull();
    assertThat(tight.allotLarge(100)).isNull();
  }

  @Test
  void theLastOfAnArenaIsAllottedToo() {
    Arena small = new Arena(memory, 2L * Arena.CHUNK);
    Nursery tight = new Nursery(small, table, new ReferenceQueue<>(), COHORT, clock);
    tight.allotLarge(Arena.CHUNK / HandleBits.SLOT_BYTES - 3 * HandleBits.SLOTS);
    assertThat(tight.allot()).isNotNull();
    assertThat(tight.allot()).isNull();
  }
}
