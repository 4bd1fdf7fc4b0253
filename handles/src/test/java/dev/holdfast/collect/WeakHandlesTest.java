package dev.holdfast.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.Eventually;
import dev.holdfast.fixture.Cell;
import dev.holdfast.fixture.Duel;
import dev.holdfast.fixture.Probe;
import dev.holdfast.fixture.Space;
import dev.holdfast.fixture.World;
import dev.holdfast.table.Status;
import java.lang.ref.WeakReference;
import java.util.function.Supplier;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** C asks whether an object lives. */
@Tag("engine")
class WeakHandlesTest {
  @BeforeAll
  static void start() {
    Probe.start();
  }

  @AfterEach
  void nothingIsBroken() {
    World.engine().drain();
    World.validate();
  }

  static Stream<Supplier<Object>> objects() {
    return Stream.of(() -> Cell.adopted(1), Object::new);
  }

  private static long weakOf(Object object) {
    long counted = World.engine().retain(object);
    long weak = Probe.probe_weak_new(counted);
    assertThat(weak).isNotZero();
    Probe.probe_release(counted);
    return weak;
  }

  @ParameterizedTest
  @MethodSource("objects")
  void aWeakHandleGivesACountWhileTheObjectLives(Supplier<Object> objects) {
    Object object = objects.get();
    long weak = weakOf(object);
    World.engine().drain();
    for (int i = 0; i < 2; i++) {
      long counted = Probe.probe_weak_get(weak);
      assertThat(World.engine().resolve(counted)).isSameAs(object);
      assertThat(Probe.probe_count(counted)).isEqualTo(1);
      Probe.probe_release(counted);
      World.collect();
    }
    assertThat(Probe.probe_weak_free(weak)).isZero();
  }

  @ParameterizedTest
  @MethodSource("objects")
  void aWeakHandleDoesNotKeepTheObject(Supplier<Object> objects) {
    Object[] object = {objects.get()};
    WeakReference<Object> watched = new WeakReference<>(object[0]);
    long weak = weakOf(object[0]);
    object[0] = null;
    Space.closeOpenCohort();
    Eventually.holdsAfterCollections("the object dies", () -> watched.refersTo(null));
    assertThat(Probe.probe_weak_get(weak)).isZero();
    assertThat(Probe.probe_status()).isEqualTo(Status.OK);
    assertThat(Probe.probe_weak_free(weak)).isZero();
  }

  @ParameterizedTest
  @MethodSource("objects")
  void whatAWeakHandleGaveKeepsTheObject(Supplier<Object> objects) {
    long weak = weakOfLost(objects);
    long counted = Probe.probe_weak_get(weak);
    if (counted != 0) { // or the JVM has collected it in between
      World.collect();
      World.collect();
      assertThat(World.engine().resolve(counted)).isNotNull();
      assertThat(Probe.probe_weak_get(weak)).isEqualTo(counted);
      assertThat(Probe.probe_release_n(counted, 2)).isZero();
    }
    Probe.probe_weak_free(weak);
  }

  private static long weakOfLost(Supplier<Object> objects) {
    return weakOf(objects.get());
  }

  @Test
  void aFreedWeakHandleIsKnownForEver() {
    Cell cell = Cell.adopted(1);
    long weak = weakOf(cell);
    assertThat(Probe.probe_weak_free(weak)).isZero();
    long next = weakOf(cell);
    assertThat(next).isNotEqualTo(weak);
    long strong = World.engine().retain(cell);
    for (long wrong : new long[] {weak, 1, -1, next + (1L << 20), next | 1, strong}) {
      assertThat(Probe.probe_weak_get(wrong)).isZero();
      assertThat(Probe.probe_status()).as(Long.toHexString(wrong)).isEqualTo(Status.EINVAL);
      assertThat(Probe.probe_weak_free(wrong)).isEqualTo(Status.EINVAL);
    }
    Probe.probe_release(strong);
    assertThat(Probe.probe_weak_free(next)).isZero();
  }

  /** Goes red when the drain lets go of objects without the locks under which they are counted. */
  @ParameterizedTest
  @MethodSource("objects")
  void aWeakHandleThatIsAskedDuringTheLastReleaseGivesTheObjectWithACountOrIsNoHandle(
      Supplier<Object> objects) {
    Object object = objects.get();
    long weak = weakOf(object);
    long[] counted = {World.engine().retain(object)};
    long[] given = new long[1];
    Duel.fight(
        World.rounds(5_000),
        round -> given[0] = Probe.probe_weak_get(weak),
        round -> {
          Probe.probe_release(counted[0]);
          World.engine().drain();
        },
        round -> {
          assertThat(World.engine().resolve(given[0])).isSameAs(object);
          assertThat(Probe.probe_count(given[0])).isEqualTo(1);
          Probe.probe_release(given[0]);
          counted[0] = World.engine().retain(object);
        });
    Probe.probe_release(counted[0]);
    Probe.probe_weak_free(weak);
  }

  /** Its death and the question meet: each answer is the object itself or none. */
  @ParameterizedTest
  @MethodSource("objects")
  void aWeakHandleThatIsAskedWhileTheObjectDiesGivesTheObjectOrNothing(Supplier<Object> objects) {
    for (int i = 0; i < World.rounds(20); i++) {
      long weak = weakOfLost(objects);
      Eventually.holdsAfterCollections(
          "the object dies",
          () -> {
            long counted = Probe.probe_weak_get(weak);
            if (counted == 0) {
              return true;
            }
            assertThat(World.engine().resolve(counted)).isNotNull();
            assertThat(Probe.probe_release_n(counted, 1)).isZero();
            Space.closeOpenCohort();
            return false;
          });
      assertThat(Probe.probe_weak_get(weak)).as("dead once, dead for ever").isZero();
      Probe.probe_weak_free(weak);
    }
  }
}
