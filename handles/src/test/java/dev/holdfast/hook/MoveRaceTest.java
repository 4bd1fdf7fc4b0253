package dev.holdfast.hook;

import dev.holdfast.fixture.Duel;
import dev.holdfast.fixture.Managed;
import dev.holdfast.fixture.Sources;
import dev.holdfast.fixture.World;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** A move against a thread that writes what is being moved. */
@Tag("engine")
class MoveRaceTest {
  private static final int FIELDS = 8_000;

  @BeforeAll
  static void start() {
    World.engine();
  }

  @AfterEach
  void nothingIsBroken() {
    World.validate();
  }

  /**
   * Stores that miss the cache keep the mark and the write behind them waiting, while the loads run
   * ahead. Goes red without the heavy fence of {@code move_batch} in move.c, and when {@link
   * Section#base} masks MOVING off without cancelling the move.
   */
  @Test
  void aWriteDuringAMoveIsNotLost() {
    LoneCohort cohort = new LoneCohort();
    int[] far = new int[1 << 24];
    Duel.fight(
        World.rounds(100),
        round -> {
          for (int i = 0; i < 1_000; i++) {
            missTheCache(far, i ^ round << 16);
            cohort.cell.number(i);
            Raw.UNSAFE.fullFence(); // the write is in memory: in that of the mirror?
            for (int n = 0; n < 20; n++) {
              Thread.onSpinWait();
            }
            if (Mirrors.differences(cohort.cell) != 0) {
              throw new AssertionError("write " + i + " is not in the mirror");
            }
          }
        },
        round -> {
          for (int i = 0; i < 2_000; i++) {
            cohort.move();
          }
        },
        round -> {});
  }

  private static void missTheCache(int[] far, int seed) {
    int at = seed;
    for (int i = 0; i < 40; i++) {
      at = at * 0x9e3779b9 + 0x7f4a7c15;
      far[at >>> 8] = at;
    }
  }

  /**
   * Sections of some 100 us. Goes red when {@link Section#mark} leaves the counter even, or when
   * move.c does not wait for odd ones ({@code all_left_sections} answers true).
   */
  @Test
  void anAdoptionThatTakesLongIsNotTornByACollection() {
    Class<?> type =
        new Sources()
            .with("moved.Long", "Object", true, Sources.longs(FIELDS))
            .load()
            .get("moved.Long");
    Managed.unclean(type);
    List<Object> adopted = new ArrayList<>();
    Duel.fight(
        World.rounds(10),
        round -> {
          for (int i = 0; i < 40; i++) {
            adopted.add(Managed.adopted(filled(type, i)));
          }
        },
        round -> {
          for (int i = 0; i < 40; i++) {
            World.engine().collect();
          }
        },
        round -> {
          adopted.forEach(World::awaitEqual);
          adopted.clear();
        });
  }

  private static Object filled(Class<?> type, int number) {
    Object object = Sources.Loader.make(type);
    for (long spec : Mirrors.layoutOf(object).fieldSpecs()) {
      Raw.UNSAFE.putLong(object, FieldSpec.javaOffset(spec), number);
    }
    return object;
  }
}
