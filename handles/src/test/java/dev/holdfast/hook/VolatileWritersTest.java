package dev.holdfast.hook;

import dev.holdfast.fixture.Cell;
import dev.holdfast.fixture.Duel;
import dev.holdfast.fixture.Shared;
import dev.holdfast.fixture.World;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Two threads write one volatile field, which is no race: the mirror must end with the value that
 * the field ends with.
 *
 * <p>Goes red when {@link Writes#copyUntilEqual} stores once, without reading the field again.
 */
@Tag("engine")
class VolatileWritersTest {
  @BeforeAll
  static void start() {
    World.engine();
  }

  @Test
  void theMirrorEndsWithTheLastNumber() {
    Shared shared = Shared.adopted();
    Duel.fight(
        World.rounds(100_000),
        round -> shared.number(round),
        round -> shared.number(-round),
        round -> World.awaitEqual(shared));
  }

  @Test
  void theMirrorEndsWithTheLastReference() {
    Shared shared = Shared.adopted();
    Cell left = Cell.adopted(1);
    Cell right = Cell.adopted(2);
    Duel.fight(
        World.rounds(100_000),
        round -> shared.target(left),
        round -> shared.target(right),
        round -> World.awaitEqual(shared));
  }
}
