package dev.holdfast.hook;

import dev.holdfast.Eventually;
import dev.holdfast.fixture.Cell;
import dev.holdfast.fixture.Duel;
import dev.holdfast.fixture.Mirror;
import dev.holdfast.fixture.World;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * The repair of a field against the thread that goes on writing it.
 *
 * <p>Goes red when {@link Writes#store} does not read the field again: drop {@code |
 * FieldSpec.VOLATILE} there.
 */
@Tag("engine")
class RepairRaceTest {
  private static final int LOOKS = 100;

  @BeforeAll
  static void start() {
    World.engine();
  }

  @Test
  void aRepairDoesNotUndoTheNextWrite() {
    Cell owner = Cell.adopted(0);
    Cell[] targets = {Cell.adopted(1), Cell.adopted(2)};
    Duel.fight(
        World.rounds(100_000),
        round -> {
          owner.next(new Cell(round));
          for (int i = round & 63; i >= 0; i--) { // the last of them meets the repair's store
            owner.next(targets[i & 1]);
          }
        },
        round -> Mirrors.repair(10, retry -> {}),
        round -> World.awaitEqual(owner));
    Eventually.holds("no repair is left", () -> !Mirrors.repairsWaiting());
    World.validate();
  }

  /** Goes red when a repair is queued before UNMIRRORED is stored, which then undoes it. */
  @Test
  void aRepairComesAfterTheStoreThatNeedsIt() {
    Cell owner = Cell.adopted(0);
    Cell[] target = {new Cell(1)};
    Duel.fight(
        World.rounds(2_000),
        round -> owner.next(target[0]),
        round -> {
          for (int i = 0; i < LOOKS; i++) {
            Mirrors.repair(1, retry -> {});
          }
        },
        round -> {
          Eventually.holds("the target is shown", () -> shows(owner, target[0]));
          target[0] = new Cell(round);
        });
    World.validate();
  }

  private static boolean shows(Cell owner, Cell target) {
    return Mirror.isShown(target) && Mirror.of(owner).getLong("next") == Mirrors.handleOf(target);
  }
}
