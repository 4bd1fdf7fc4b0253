package dev.holdfast.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.Eventually;
import dev.holdfast.fixture.Cell;
import dev.holdfast.fixture.Duel;
import dev.holdfast.fixture.Probe;
import dev.holdfast.fixture.Space;
import dev.holdfast.fixture.World;
import dev.holdfast.table.Status;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Native data that C ties to objects. */
@Tag("engine")
class PeersTest {
  private static final AtomicInteger NUMBERS = new AtomicInteger();

  @BeforeAll
  static void start() {
    Probe.start();
  }

  @AfterEach
  void nothingIsBroken() {
    World.validate();
  }

  static Stream<Supplier<Object>> objects() {
    return Stream.of(() -> Cell.adopted(1), Object::new);
  }

  private static void tie(Object object, int key, int number) {
    long counted = World.engine().retain(object);
    assertThat(Probe.probe_tie(counted, key, number, 0)).isZero();
    assertThat(Probe.probe_tied(counted, key)).isEqualTo(number);
    Probe.probe_release(counted);
  }

  private static int tied(Object object, int key) {
    long counted = World.engine().retain(object);
    int number = Probe.probe_tied(counted, key);
    assertThat(Probe.probe_status()).isZero();
    Probe.probe_release(counted);
    return number;
  }

  private static void awaitDestroyed(int number) {
    Eventually.holdsAfterCollections(
        number + " is destroyed", () -> Probe.probe_destroyed(number) == 1);
  }

  @ParameterizedTest
  @MethodSource("objects")
  void aPeerIsFoundWhileItsObjectLivesAndDestroyedOnceAfterItsDeath(Supplier<Object> objects) {
    int number = NUMBERS.incrementAndGet();
    Object[] object = {objects.get()};
    tie(object[0], 0, number);
    World.collect();
    World.collect();
    assertThat(tied(object[0], 0)).isEqualTo(number);
    assertThat(Probe.probe_destroyed(number)).isZero();
    object[0] = null;
    awaitDestroyed(number);
    World.collect();
    assertThat(Probe.probe_destroyed(number)).isEqualTo(1);
  }

  @Test
  void twoLibrariesTieToOneObject() {
    int one = NUMBERS.incrementAndGet();
    int other = NUMBERS.incrementAndGet();
    Eventually.holdsAfterCollections(
        "the peers of former tests are gone", () -> World.figures().peers() == 0);
    Object[] object = {new Object()};
    tie(object[0], 0, one);
    tie(object[0], 1, other);
    assertThat(tied(object[0], 0)).isEqualTo(one);
    assertThat(tied(object[0], 1)).isEqualTo(other);
    assertThat(tied(object[0], 2)).isEqualTo(-1);
    assertThat(World.figures().peers()).isEqualTo(2);
    object[0] = null;
    awaitDestroyed(one);
    awaitDestroyed(other);
    assertThat(World.figures().peers()).isZero();
  }

  @Test
  void equalObjectsAreNotTheSame() {
    String one = new String("equal");
    String other = new String("equal");
    tie(one, 0, NUMBERS.incrementAndGet());
    assertThat(tied(other, 0)).isEqualTo(-1);
  }

  @Test
  void whatIsReplacedOrTakenAwayIsDestroyedWhileItsObjectLives() {
    int first = NUMBERS.incrementAndGet();
    int second = NUMBERS.incrementAndGet();
    Object object = new Object();
    tie(object, 0, first);
    tie(object, 0, second);
    awaitDestroyed(first);
    assertThat(Probe.probe_destroyed(second)).isZero();
    long counted = World.engine().retain(object);
    assertThat(Probe.probe_untie(counted, 0)).isZero();
    awaitDestroyed(second);
    assertThat(Probe.probe_tied(counted, 0)).isEqualTo(-1);
    assertThat(Probe.probe_untie(counted, 0)).isZero();
    tie(object, 0, first);
    assertThat(Probe.probe_untie(counted, 0)).isZero();
    Eventually.holds("once more", () -> Probe.probe_destroyed(first) == 2);
    Probe.probe_release(counted);
  }

  @Test
  void destroyCallsJavaAndReleasesWhatThePeerHeld() {
    int number = NUMBERS.incrementAndGet();
    int before = Probe.probe_lengths();
    long text = World.engine().retain("seven b");
    tieHolding(number, text);
    awaitDestroyed(number);
    assertThat(Probe.probe_lengths() - before).isEqualTo(7);
    Eventually.holds("the text is released", () -> World.isStale(text));
  }

  private static void tieHolding(int number, long held) {
    long counted = World.engine().retain(Cell.adopted(1));
    Space.closeOpenCohort();
    assertThat(Probe.probe_tie(counted, 0, number, held)).isZero();
    Probe.probe_release(counted);
  }

  /** Destroying one peer releases the object of the next. */
  @Test
  void aChainOfPeersIsDestroyedLinkByLink() {
    int first = NUMBERS.addAndGet(3) - 2;
    long last = World.engine().retain("last".repeat(2));
    assertThat(Probe.probe_tie(last, 0, first + 2, 0)).isZero();
    long middle = World.engine().retain("middle".repeat(2));
    assertThat(Probe.probe_tie(middle, 0, first + 1, last)).isZero();
    tieHolding(first, middle);
    awaitDestroyed(first);
    awaitDestroyed(first + 1);
    awaitDestroyed(first + 2);
  }

  @Test
  void onlyACountedObjectTakesPeers() {
    Cell cell = Cell.adopted(1);
    long borrowed = dev.holdfast.hook.Mirrors.handleOf(cell);
    assertThat(Probe.probe_tie(borrowed, 0, 0, 0)).isEqualTo(Status.EUNCOUNTED);
    assertThat(Probe.probe_tied(borrowed, 0)).isEqualTo(-1);
    assertThat(Probe.probe_status()).isEqualTo(Status.EUNCOUNTED);
    assertThat(cell.number()).isEqualTo(1);
  }

  /**
   * The last owner lets go while another thread ties, to an object that nothing else holds: it is
   * destroyed once if it was tied, never if it was refused. Goes red when the tie is not kept in
   * the table: the JVM drops it together with the object.
   */
  @Test
  void aPeerThatIsTiedDuringTheLastReleaseIsDestroyedOnceOrRefused() {
    int rounds = Math.min(World.rounds(2_000), 300);
    int first = NUMBERS.addAndGet(rounds) - rounds;
    long[] counted = {World.engine().retain(new Object())};
    int[] statuses = new int[rounds + 1];
    Duel.fight(
        rounds,
        round -> statuses[round] = Probe.probe_tie(counted[0], 0, first + round, 0),
        round -> Probe.probe_release(counted[0]),
        round -> {
          if (round % 50 == 0) {
            System.gc();
          }
          counted[0] = World.engine().retain(new Object());
        });
    Probe.probe_release(counted[0]);
    for (int round = 1; round <= rounds; round++) {
      if (statuses[round] == 0) {
        awaitDestroyed(first + round);
      } else {
        assertThat(statuses[round]).isIn(Status.EUNCOUNTED, Status.ESTALE);
        assertThat(Probe.probe_destroyed(first + round)).isZero();
      }
    }
  }
}
