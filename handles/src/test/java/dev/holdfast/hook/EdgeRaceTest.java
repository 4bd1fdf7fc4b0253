package dev.holdfast.hook;

import dev.holdfast.fixture.Cell;
import dev.holdfast.fixture.Duel;
import dev.holdfast.fixture.LateCell;
import dev.holdfast.fixture.World;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The exchange of an object's token against those who use it. */
@Tag("engine")
class EdgeRaceTest {
  private static final int MOST_WRITES = 1_000;
  private static final int COPIES = 8;

  @BeforeAll
  static void start() {
    World.engine();
  }

  @AfterEach
  void nothingIsBroken() {
    World.validate();
  }

  private static void hold(Object owner, Object target) {
    if (!Edges.hold(owner, Mirrors.handleOf(owner), target)) {
      throw new AssertionError("not held");
    }
  }

  /** Goes red when {@link LateAdoption#makePrivate} does not look again under the lock. */
  @Test
  void twoThatHoldForTheFirstTimeBothHold() {
    Cell[] owner = {Cell.adopted(0)};
    Object[] targets = {new Object(), new Object()};
    Duel.fight(
        World.rounds(10_000),
        round -> hold(owner[0], targets[0]),
        round -> hold(owner[0], targets[1]),
        round -> {
          if (!Edges.unhold(owner[0], targets[0]) || !Edges.unhold(owner[0], targets[1])) {
            throw new AssertionError("an edge was lost");
          }
          owner[0] = Cell.adopted(round);
        });
  }

  /** Goes red when {@link LateAdoption#makePrivate} stores null for a moment before the token. */
  @Test
  void aWriterMeetsTheMirrorByEitherToken() {
    Cell[] owner = {Cell.adopted(0)};
    Duel.fight(
        World.rounds(10_000),
        round -> {
          Cohort shared = Mirrors.cohortOf(owner[0]);
          int i = 0;
          do {
            owner[0].number(round + i);
          } while (Mirrors.cohortOf(owner[0]) == shared && ++i < MOST_WRITES);
        },
        round -> hold(owner[0], owner[0]),
        round -> {
          if (Mirrors.differences(owner[0]) != 0) {
            throw new AssertionError("a write was lost");
          }
          owner[0] = Cell.adopted(round);
        });
  }

  /**
   * Goes red when {@link LateAdoption} does not look for a ready pair again under the lock: it
   * installs a second one over the owner's.
   */
  @Test
  void anAdopterThatComesLateLeavesThePrivateToken() {
    LateCell[] owner = {new LateCell()};
    Object target = new Object();
    Duel.fight(
        World.rounds(10_000),
        round -> {
          owner[0].adopt();
          hold(owner[0], target);
        },
        round -> owner[0].adopt(),
        round -> {
          if (!Edges.unhold(owner[0], target)) {
            throw new AssertionError("the edge was lost");
          }
          owner[0] = new LateCell();
        });
  }

  /** {@link EdgesTest} has the one order of steps that matters, for certain. */
  @Test
  void aCopyMadeMeanwhileIsAnObjectOfItsOwn() {
    Cell[] owner = {Cell.adopted(0)};
    Cell[] copies = new Cell[COPIES];
    Object target = new Object();
    Duel.fight(
        World.rounds(10_000),
        round -> hold(owner[0], target),
        round -> {
          for (int i = 0; i < COPIES; i++) {
            copies[i] = owner[0].copy();
          }
        },
        round -> {
          for (Cell copy : copies) {
            if (Mirrors.handleOf(copy) == Mirrors.handleOf(owner[0])
                || Edges.unhold(copy, target)) {
              throw new AssertionError("a copy and its original share a token");
            }
          }
          if (!Edges.unhold(owner[0], target)) {
            throw new AssertionError("the edge was lost");
          }
          owner[0] = Cell.adopted(round);
        });
  }
}
