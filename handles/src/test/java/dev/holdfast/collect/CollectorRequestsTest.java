package dev.holdfast.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.Eventually;
import dev.holdfast.fixture.World;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.atomic.AtomicBoolean;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * What is asked of the collector's thread is done when the asker goes on, or never.
 *
 * <p>Goes red when the asker does it himself: there would be two who move.
 */
@Tag("engine")
class CollectorRequestsTest {
  @BeforeAll
  static void start() {
    World.engine();
  }

  @Test
  void whatCannotBeBegunIsGivenUpAndSaidToBe() throws InterruptedException {
    CountDownLatch stands = new CountDownLatch(1);
    CountDownLatch goesOn = new CountDownLatch(1);
    AtomicBoolean whole = new AtomicBoolean();
    Thread asker =
        new Thread(
            () ->
                World.engine()
                    .onCollectorThread(
                        () -> {
                          stands.countDown();
                          Eventually.opens(goesOn);
                          whole.set(true);
                        }));
    asker.start();
    stands.await();
    AtomicBoolean done = new AtomicBoolean();
    assertThatThrownBy(() -> World.engine().onCollectorThread(() -> done.set(true)))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("has not come to it");
    // By then the first has lasted longer than anybody waits for a beginning.
    assertThat(asker.isAlive()).as("waits for what was begun").isTrue();
    goesOn.countDown();
    asker.join();
    assertThat(whole).isTrue();
    World.engine().onCollectorThread(() -> {});
    assertThat(done).as("done after it was given up").isFalse();
    World.validate();
  }
}
