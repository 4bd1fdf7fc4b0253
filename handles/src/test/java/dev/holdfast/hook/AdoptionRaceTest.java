package dev.holdfast.hook;

import dev.holdfast.fixture.Duel;
import dev.holdfast.fixture.LateCell;
import dev.holdfast.fixture.World;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Late adoption against a thread that writes the object. The program has no race: one thread alone
 * writes.
 *
 * <p>Goes red when
 *
 * <ul>
 *   <li>{@link Writes#through} returns at once where the pair is incomplete (no second look);
 *   <li>{@link Healing} looks for the pair without the full fence before;
 *   <li>the writer looks a second time without the full fence before;
 *   <li>{@link LateAdoption} installs {@code $cohort} after it has copied the fields;
 *   <li>{@link Writes#copyUntilEqual} copies once, and the adopter does not fence after installing
 *       the pair (either of the two is enough).
 * </ul>
 */
@Tag("engine")
class AdoptionRaceTest {
  private static final int MOST_WRITES = 1_000;

  @BeforeAll
  static void start() {
    World.engine();
  }

  @Test
  void theLastWriteBeforeAnAdoptionIsNotLost() {
    LateCell[] cell = {new LateCell()};
    Duel.fight(
        World.rounds(30_000),
        round -> {
          int i = 0;
          do {
            cell[0].number(round + i);
          } while (stillAlone(cell[0], ++i));
        },
        round -> cell[0].adopt(),
        round -> {
          World.awaitEqual(cell[0]);
          cell[0] = new LateCell();
        });
    World.validate();
  }

  @Test
  void theOnlyWriteDuringTheAdoptionIsNotLost() {
    LateCell[] cell = {new LateCell()};
    Duel.fight(
        World.rounds(100_000),
        round -> cell[0].number(round),
        round -> cell[0].adopt(),
        round -> {
          World.awaitEqual(cell[0]);
          cell[0] = new LateCell();
        });
    World.validate();
  }

  @Test
  void whatNoHookHasSeenIsHealedDuringTheAdoption() {
    LateCell[] cell = {new LateCell()};
    Duel.fight(
        World.rounds(100_000),
        round -> {
          cell[0].numberUnseen(round);
          Mirrors.sync(cell[0]);
        },
        round -> cell[0].adopt(),
        round -> {
          World.awaitEqual(cell[0]);
          cell[0] = new LateCell();
        });
    World.validate();
  }

  @Test
  void theLastReferenceBeforeAnAdoptionIsNotLost() {
    LateCell[] cell = {new LateCell()};
    LateCell[] targets = {new LateCell(), new LateCell()};
    targets[0].adopt();
    targets[1].adopt();
    Duel.fight(
        World.rounds(30_000),
        round -> {
          int i = 0;
          do {
            cell[0].next(targets[i & 1]);
          } while (stillAlone(cell[0], ++i));
        },
        round -> cell[0].adopt(),
        round -> {
          World.awaitEqual(cell[0]);
          cell[0] = new LateCell();
        });
    World.validate();
  }

  /** So the last write is the one during which the adopter installs the pair. */
  private static boolean stillAlone(LateCell cell, int writes) {
    return Mirrors.cohortOf(cell) == null && writes < MOST_WRITES;
  }

  @Test
  void twoAdoptersGiveOneHandle() {
    LateCell[] cell = {new LateCell()};
    long[] handle = new long[1];
    Duel.fight(
        World.rounds(30_000),
        round -> {
          cell[0].adopt();
          handle[0] = Mirrors.handleOf(cell[0]);
        },
        round -> cell[0].adopt(),
        round -> {
          if (handle[0] == HandleBits.UNMIRRORED || Mirrors.handleOf(cell[0]) != handle[0]) {
            throw new AssertionError("round " + round + ": " + Long.toHexString(handle[0]));
          }
          cell[0] = new LateCell();
        });
    World.validate();
  }
}
