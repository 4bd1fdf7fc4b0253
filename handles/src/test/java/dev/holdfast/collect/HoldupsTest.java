package dev.holdfast.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.Eventually;
import dev.holdfast.fixture.Cell;
import dev.holdfast.fixture.Probe;
import dev.holdfast.fixture.Space;
import dev.holdfast.fixture.World;
import dev.holdfast.stats.Holdup;
import dev.holdfast.stats.Log;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * What keeps memory from being reused is shown with its thread, and told once.
 *
 * <p>Goes red when {@code hfi_pin} notes nobody, and when {@link Watch} forgets what it has told.
 */
@Tag("engine")
@EnabledOnOs(OS.LINUX) // which tells the names of threads
class HoldupsTest {
  private final CountDownLatch begun = new CountDownLatch(1);
  private final CountDownLatch ended = new CountDownLatch(1);
  private Thread culprit;

  @BeforeAll
  static void start() {
    Probe.start();
  }

  @AfterEach
  void nothingIsBroken() throws InterruptedException {
    ended.countDown();
    culprit.join();
    Eventually.holds("what was held up goes on: " + all(), () -> all().isEmpty());
    World.validate();
  }

  private static List<Holdup> all() {
    return World.engine().findHoldups().all(0);
  }

  /** Does something on a thread that goes on when the test has ended. */
  private void culprit(Runnable first, Runnable last) throws InterruptedException {
    culprit =
        new Thread(
            () -> {
              first.run();
              begun.countDown();
              Eventually.opens(ended);
              last.run();
            },
            "test-culprit");
    culprit.start();
    begun.await();
  }

  private static Holdup only(String kind) {
    List<Holdup> found = all().stream().filter(one -> one.kind().equals(kind)).toList();
    assertThat(found).hasSize(1);
    return found.get(0);
  }

  @Test
  void anOpenScopeIsShownWithItsThreadAndCaller() throws InterruptedException {
    culprit(Probe::probe_enter, Probe::probe_exit);
    Holdup scope = only("scope");
    assertThat(scope.thread()).isEqualTo("test-culprit");
    assertThat(scope.where()).startsWith("0x").hasSizeGreaterThan(8);
    assertThat(toldOnce("(test-culprit) has had a scope open for")).contains(scope.where());
  }

  @Test
  void aPinIsShownWithItsThreadAndCaller() throws InterruptedException {
    long handle = World.engine().retain(Cell.adopted(1));
    culprit(() -> Probe.probe_pin(handle), () -> Probe.probe_unpin(handle));
    Holdup pin = only("pin");
    assertThat(pin.thread()).isEqualTo("test-culprit");
    assertThat(pin.where()).startsWith("0x").hasSizeGreaterThan(8);
    assertThat(pin.handle()).isEqualTo(handle & ~0x1f8L);
    assertThat(toldOnce("(test-culprit) has pinned 0x")).contains(pin.where());
    Probe.probe_release(handle);
  }

  @Test
  void aPinThatOutlivesItsObjectIsShownToo() throws InterruptedException {
    long handle = Space.YOUNG.make(() -> World.engine().retain(Cell.adopted(1)));
    culprit(() -> Probe.probe_pin(handle), () -> Probe.probe_unpin(handle));
    Probe.probe_release(handle);
    World.awaitDeath(handle);
    assertThat(only("pin").handle()).isEqualTo(handle & ~0x1f8L);
  }

  @Test
  void releasesThatNobodyDrainsAreShownWithWhoseTaskItIs() throws InterruptedException {
    long handle = World.engine().retain(Cell.adopted(1));
    culprit(() -> {}, () -> {});
    CountDownLatch stands = new CountDownLatch(1);
    Thread holder =
        new Thread(
            () ->
                World.engine()
                    .onCollectorThread(
                        () -> {
                          stands.countDown();
                          Eventually.opens(ended);
                        }));
    holder.start();
    stands.await();
    Probe.probe_release(handle);
    Holdup releases = only("releases");
    assertThat(releases.thread()).isEqualTo("holdfast-collector");
    assertThat(releases.where()).isNotEmpty();
    assertThat(toldOnce("nobody has looked at what C has released"))
        .contains("(holdfast-collector) is at");
    ended.countDown();
    holder.join();
  }

  /** The one log line of this kind of four looks, which may find the collector's drain at work. */
  private static String toldOnce(String what) {
    ByteArrayOutputStream told = new ByteArrayOutputStream();
    OutputStream usual = Log.to(told);
    try {
      Fullness never = new Fullness(null, null);
      Watch watch = new Watch(World.engine().table(), never, World.engine().findHoldups(), 0);
      for (int i = 0; i < 4; i++) {
        watch.look();
      }
    } finally {
      Log.to(usual);
    }
    List<String> lines =
        told.toString(StandardCharsets.UTF_8).lines().filter(line -> line.contains(what)).toList();
    assertThat(lines).hasSize(1);
    return lines.get(0);
  }
}
