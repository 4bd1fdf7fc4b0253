package dev.holdfast.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.ChildJvm;
import dev.holdfast.Eventually;
import dev.holdfast.arena.UnsafeMemory;
import dev.holdfast.fixture.Cell;
import dev.holdfast.fixture.World;
import dev.holdfast.jna.NativeRuntime;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;

/**
 * The collector's thread gets no processor while libholdfast is attached, for so long that nobody
 * waits for it: mirrors move all the same when it goes on. Red when the attaching is given up.
 */
class LateAttachTest {
  @Test
  void whatNobodyWaitsForAnyMoreIsAttachedLater() {
    assertThat(ChildJvm.runEngine(Program.class).output()).contains("all is well");
  }

  /** Runs in the child. */
  static final class Program {
    private Program() {}

    public static void main(String[] args) throws InterruptedException {
      Engine engine =
          Engine.start(
              new EngineOptions(4L << 20, 0, EngineOptions.COHORT_MOST, 0, false, false, false),
              new UnsafeMemory(),
              true);
      CountDownLatch stands = new CountDownLatch(1);
      CountDownLatch attached = new CountDownLatch(1);
      Thread holder =
          new Thread(() -> engine.onCollectorThread(() -> stand(stands, attached)), "holder");
      holder.setDaemon(true);
      holder.start();
      stands.await();
      NativeRuntime.start();
      attached.countDown();
      Cell cell = Cell.adopted(1);
      Eventually.holds(
          "mirrors move",
          () -> {
            engine.moveSome();
            return World.figures().movedBytesTotal() > 0;
          });
      assertThat(engine.verify(cell)).isEmpty();
      World.validate();
      System.out.println("all is well");
    }

    private static void stand(CountDownLatch stands, CountDownLatch until) {
      stands.countDown();
      try {
        until.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }
  }
}
