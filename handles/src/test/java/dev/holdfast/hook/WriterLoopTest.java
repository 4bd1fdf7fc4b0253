package dev.holdfast.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fixture.LateCell;
import dev.holdfast.fixture.World;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A compiled loop that writes one object: what the hook reads of the object must not be read once
 * for all before the loop.
 *
 * <p>Two cures keep the loads of {@code $cohort} and {@code $slot} in the loop: they are opaque,
 * and a fence follows where the pair is incomplete. C2 cannot hoist them as things are, because the
 * table gives it no constant offsets, so each cure alone may go unnoticed. Goes red on JDK 25 when
 * {@link Writes#through} loads both plainly, at constant offsets (for LateCell 20 and 12), and does
 * not look again: as a hook would that is made for one class.
 */
@Tag("engine")
class WriterLoopTest {
  private static final int WRITES = 100_000_000;
  private static final int WORK = 4096;

  /** Whoever adopts may lose the processor until the loop has ended. */
  private static final int TRIES = 100;

  private static final VarHandle INT = MethodHandles.arrayElementVarHandle(int[].class);

  private final int[] progress = new int[WORK];

  @BeforeAll
  static void start() {
    World.engine();
  }

  @Test
  void aLoopSeesThatItsObjectWasAdoptedMeanwhile() throws InterruptedException {
    write(new LateCell()); // compiled, with an object that nobody adopts
    write(new LateCell());
    int tries = 0;
    while (!isAdoptedMeanwhile(new LateCell())) {
      assertThat(++tries).as("adoptions that came too late").isLessThan(TRIES);
    }
  }

  /** False, and nothing is known, if the loop had ended before. */
  private boolean isAdoptedMeanwhile(LateCell cell) throws InterruptedException {
    INT.setVolatile(progress, 0, 0);
    Thread writer = new Thread(() -> write(cell));
    writer.start();
    while ((int) INT.getVolatile(progress, 0) < WRITES / 10) {
      Thread.onSpinWait();
    }
    cell.adopt();
    boolean meanwhile = (int) INT.getVolatile(progress, 0) < WRITES - WORK;
    writer.join();
    assertThat(World.engine().verify(cell)).isEmpty();
    return meanwhile;
  }

  private void write(LateCell cell) {
    int[] mine = progress; // plain stores, which keep the loop busy and order nothing
    for (int i = 0; i < WRITES; i++) {
      mine[i & (WORK - 1)] = i;
      cell.number(i);
    }
  }
}
