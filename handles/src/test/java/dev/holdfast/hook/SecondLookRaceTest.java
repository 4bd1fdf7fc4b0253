package dev.holdfast.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fixture.Duel;
import dev.holdfast.fixture.LateCell;
import dev.holdfast.fixture.World;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/**
 * The first late adoption of the process against a thread that writes the object; each round makes
 * it the first again.
 *
 * <p>Goes red when {@code SecondLook.settle} executes no heavy fence, or tells writers to look for
 * mirrors only behind it.
 */
@Tag("engine")
class SecondLookRaceTest {
  private static final int LINES = 40;
  private static final int LINE = 16;

  private final int[] elsewhere = new int[LINES * LINE];

  @BeforeAll
  static void start() {
    World.engine();
  }

  @AfterAll
  static void asEver() {
    SecondLook.adoptingAtSites(true);
    new LateCell().adopt();
  }

  @ParameterizedTest
  @ValueSource(booleans = {true, false})
  void theOnlyWriteDuringTheFirstAdoptionIsNotLost(boolean adoptingAtSites) {
    SecondLook.adoptingAtSites(adoptingAtSites);
    LateCell[] cell = {new LateCell()};
    beforeTheFirst();
    Duel.fight(
        World.rounds(100_000),
        round -> {
          touch(round);
          cell[0].number(round);
        },
        round -> {
          cell[0].adopt();
          touch(round);
        },
        round -> {
          World.awaitEqual(cell[0]);
          cell[0] = new LateCell();
          beforeTheFirst();
        });
    World.validate();
  }

  @Test
  void inDemandModeNothingIsLookedForBeforeTheFirstAdoption() {
    SecondLook.adoptingAtSites(false);
    beforeTheFirst();
    assertThat(SecondLook.isAnyMirrored()).isFalse();
    new LateCell().adopt();
    assertThat(SecondLook.isAnyMirrored()).isTrue();
  }

  @Test
  void noSecondLookIsNeededBeforeTheFirstAdoptionAndOneIsBehindIt() {
    SecondLook.adoptingAtSites(true);
    beforeTheFirst();
    assertThat(SecondLook.isAnyMirrored()).isTrue();
    assertThat(SecondLook.isNeeded()).isFalse();
    new LateCell().adopt();
    assertThat(SecondLook.isNeeded()).isTrue();
    SecondLook.notNeededYet();
    assertThat(SecondLook.isNeeded()).isTrue();
  }

  /** Stores that have to fetch what the other thread wrote: the next one waits behind them. */
  private void touch(int value) {
    for (int line = 0; line < LINES; line++) {
      elsewhere[line * LINE] = value;
    }
  }

  /** As when membarrier has just been registered. */
  private static void beforeTheFirst() {
    try {
      java.lang.reflect.Field begun = SecondLook.class.getDeclaredField("begun");
      begun.setAccessible(true);
      begun.setBoolean(null, false);
      SecondLook.notNeededYet();
    } catch (ReflectiveOperationException e) {
      throw new LinkageError("SecondLook.begun", e);
    }
  }
}
