package dev.holdfast.hook;

import dev.holdfast.Eventually;
import dev.holdfast.fixture.Cell;
import dev.holdfast.fixture.World;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Objects die as early as without us, also those of which something is still to be repaired. */
@Tag("engine")
class RepairsAndDeathTest {
  private static final int OWNERS = 100;

  @BeforeAll
  static void start() {
    World.engine();
  }

  @Test
  void aRepairThatWaitsKeepsNeitherOwnerNorTarget() {
    Cell held = Cell.adopted(0);
    // Before the lock is taken: where each adoption moves something, it waits for that thread.
    List<Cell> owners = new ArrayList<>();
    IntStream.range(0, OWNERS).forEach(number -> owners.add(Cell.adopted(number)));
    synchronized (LateAdoption.LOCK) { // which the collector's thread needs for any repair
      held.next(new Cell(0));
      Eventually.holds("the collector's thread has begun", () -> !Mirrors.repairsWaiting());
      List<WeakReference<Cell>> waiting =
          owners.stream().flatMap(RepairsAndDeathTest::waiting).toList();
      owners.clear();
      Eventually.holdsAfterCollections(
          "all are dead", () -> waiting.stream().allMatch(cell -> cell.refersTo(null)));
    }
    World.awaitEqual(held);
    World.validate();
  }

  private static Stream<WeakReference<Cell>> waiting(Cell owner) {
    owner.next(new Cell(0));
    return Stream.of(new WeakReference<>(owner), new WeakReference<>(owner.next()));
  }
}
