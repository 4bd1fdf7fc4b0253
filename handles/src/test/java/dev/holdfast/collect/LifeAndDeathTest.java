package dev.holdfast.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.Eventually;
import dev.holdfast.fixture.Cell;
import dev.holdfast.fixture.Mirror;
import dev.holdfast.fixture.Probe;
import dev.holdfast.fixture.Space;
import dev.holdfast.fixture.World;
import dev.holdfast.hook.Cohort;
import dev.holdfast.hook.HandleBits;
import dev.holdfast.hook.Mirrors;
import dev.holdfast.table.HandleException;
import dev.holdfast.table.Status;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/**
 * Who keeps whom alive, in the young and in the old space (after the rules of PyPy's rawrefcount).
 */
@Tag("engine")
class LifeAndDeathTest {
  private static final int COHORTS = 50;
  private static final int TURNS = 1_000;

  @BeforeAll
  static void start() {
    Probe.start();
  }

  @AfterEach
  void nothingIsBroken() {
    World.validate();
  }

  @ParameterizedTest
  @EnumSource
  void anObjectThatOnlyJavaHoldsLivesAndItsHandleStaysTheSameAcrossMoves(Space space) {
    Cell cell = space.make(() -> Cell.adopted(41));
    assertThat(space.holds(cell)).isTrue();
    long handle = Mirrors.handleOf(cell);
    for (int i = 0; i < 3; i++) {
      long before = Mirror.of(cell).address();
      Eventually.holds("the mirror moves", () -> moved(cell, before));
      System.gc();
      assertThat(Mirrors.handleOf(cell)).isEqualTo(handle);
      assertThat(Probe.probe_get_i32(handle, Cell.NUMBER)).isEqualTo(41);
    }
  }

  /** Some are moved, until it is this one's turn among all that live. */
  private static boolean moved(Cell cell, long before) {
    World.engine()
        .onCollectorThread(
            () -> {
              for (int i = 0; i < TURNS && Mirror.of(cell).address() == before; i++) {
                World.engine().moveSome();
              }
            });
    return Mirror.of(cell).address() != before;
  }

  @ParameterizedTest
  @EnumSource
  void anObjectThatOnlyCCountsLives(Space space) {
    long handle = space.make(() -> World.engine().retain(Cell.adopted(42)));
    World.collect();
    World.collect();
    assertThat(((Cell) World.engine().resolve(handle)).number()).isEqualTo(42);
    assertThat(Probe.probe_get_i32(handle, Cell.NUMBER)).isEqualTo(42);
    Probe.probe_release(handle);
  }

  @ParameterizedTest
  @EnumSource
  void anObjectThatCCountedDiesAfterItsReleaseAndAJvmCollectionAndNotBefore(Space space) {
    long handle = space.make(() -> World.engine().retain(Cell.adopted(43)));
    WeakReference<Object> watched = new WeakReference<>(World.engine().resolve(handle));
    World.collect();
    assertThat(watched.refersTo(null)).as("dead while counted").isFalse();
    Probe.probe_release(handle);
    assertThat(World.isStale(handle)).as("stale before the JVM has collected").isFalse();
    World.awaitDeath(handle);
    assertThat(watched.refersTo(null)).isTrue();
  }

  @ParameterizedTest
  @EnumSource
  void anObjectThatNobodyHoldsDiesAndItsMemoryIsReused(Space space) {
    List<Long> addresses = new ArrayList<>();
    List<Long> handles = space.make(() -> makeMany(addresses));
    handles.forEach(World::awaitDeath);
    // Their chunks lie at the top of the free list once the grace period is over.
    Eventually.holds("an address of the dead serves again", () -> reuses(addresses));
  }

  private static List<Long> makeMany(List<Long> addresses) {
    List<Long> handles = new ArrayList<>();
    for (int i = 0; i < COHORTS; i++) {
      Cell cell = Cell.adopted(i);
      handles.add(Mirrors.handleOf(cell));
      addresses.add(Mirror.of(cell).address());
      Space.closeOpenCohort();
    }
    return handles;
  }

  private static boolean reuses(List<Long> addresses) {
    World.engine().collect();
    for (int i = 0; i < 3 * COHORTS; i++) {
      if (addresses.contains(Mirror.of(Cell.adopted(i)).address())) {
        return true;
      }
      Space.closeOpenCohort();
    }
    return false;
  }

  @ParameterizedTest
  @EnumSource
  void linkedObjectsStayLinked(Space space) {
    long first = space.make(() -> World.engine().retain(chain(44, 45, 46)));
    World.collect();
    World.engine().moveSome();
    long second = Probe.probe_get_ref(first, Cell.NEXT);
    long third = Probe.probe_get_ref(second, Cell.NEXT);
    assertThat(Probe.probe_get_i32(second, Cell.NUMBER)).isEqualTo(45);
    assertThat(Probe.probe_get_i32(third, Cell.NUMBER)).isEqualTo(46);
    assertThat(Probe.probe_get_ref(third, Cell.NEXT)).isZero();
    Cell cell = (Cell) World.engine().resolve(first);
    assertThat(Mirrors.handleOf(cell.next().next())).isEqualTo(third);
    Probe.probe_release(first);
  }

  /** Each in a cohort of its own. */
  private static Cell chain(int... numbers) {
    Cell first = null;
    for (int i = numbers.length - 1; i >= 0; i--) {
      Cell cell = Cell.adopted(numbers[i]);
      cell.next(first);
      first = cell;
      Space.closeOpenCohort();
    }
    return first;
  }

  @ParameterizedTest
  @EnumSource
  void aHandleThatIsUsedAfterItsEntryWasRecycledIsStale(Space space) {
    long handle = space.make(() -> World.engine().retain(Cell.adopted(47)));
    Probe.probe_release(handle);
    World.awaitDeath(handle);
    Cell next = nextOwner(HandleBits.index(handle));
    assertThat(Probe.probe_get_i32(handle, Cell.NUMBER)).isZero();
    assertThat(Probe.probe_status()).isEqualTo(Status.ESTALE);
    assertThat(Probe.probe_retain(handle)).isZero();
    assertThat(Probe.probe_status()).isEqualTo(Status.ESTALE);
    assertThat(Probe.probe_release_n(handle, 1)).isEqualTo(Status.ESTALE);
    assertThatThrownBy(() -> World.engine().resolve(handle))
        .isInstanceOfSatisfying(
            HandleException.class, e -> assertThat(e.status()).isEqualTo(Status.ESTALE));
    assertThat(Probe.probe_count(Mirrors.handleOf(next))).isZero();
  }

  /** An object whose cohort has the entry, once that is free. */
  private static Cell nextOwner(int index) {
    Cell[] found = new Cell[1];
    Eventually.holdsAfterCollections(
        "entry " + index + " serves again",
        () -> {
          for (int i = 0; i < 100 && found[0] == null; i++) {
            Space.closeOpenCohort();
            Cell cell = Cell.adopted(48);
            found[0] = HandleBits.index(Mirrors.handleOf(cell)) == index ? cell : null;
          }
          return found[0] != null;
        });
    return found[0];
  }

  @ParameterizedTest
  @EnumSource
  void deathIsToldExactlyOnce(Space space) {
    List<Long> dead = space.make(() -> makeMany(new ArrayList<>()));
    dead.forEach(World::awaitDeath);
    Map<Integer, Integer> stamps = new HashMap<>();
    dead.forEach(handle -> stamps.put(HandleBits.index(handle), HandleBits.stamp(handle)));
    Map<Long, Cell> living = new HashMap<>();
    Eventually.holds(
        "the entries of the dead serve again, but for " + stamps,
        () -> {
          Cell cell = Cell.adopted(0);
          Space.closeOpenCohort();
          Cohort cohort = Mirrors.cohortOf(cell);
          assertThat(living.put(cohort.entry, cell)).as("an entry with two owners").isNull();
          Integer stamp = stamps.remove(HandleBits.index(cohort.handle));
          if (stamp != null) {
            assertThat(HandleBits.stamp(cohort.handle)).as("stamp").isEqualTo(stamp + 1);
          }
          return stamps.isEmpty();
        });
  }
}
