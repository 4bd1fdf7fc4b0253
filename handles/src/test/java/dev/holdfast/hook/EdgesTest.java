package dev.holdfast.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.Eventually;
import dev.holdfast.fixture.Cell;
import dev.holdfast.fixture.Probe;
import dev.holdfast.fixture.Space;
import dev.holdfast.fixture.World;
import dev.holdfast.table.Status;
import java.lang.ref.WeakReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Objects that C had hold other objects. */
@Tag("engine")
class EdgesTest {
  @BeforeAll
  static void start() {
    Probe.start();
  }

  @AfterEach
  void nothingIsBroken() {
    World.validate();
  }

  /** Calls {@code hf_hold} with both counted for that call. */
  private static int hold(Object owner, Object target) {
    long from = World.engine().retain(owner);
    long to = World.engine().retain(target);
    int status = Probe.probe_hold(from, to);
    Probe.probe_release(from);
    Probe.probe_release(to);
    return status;
  }

  private static int unhold(Object owner, Object target) {
    long from = World.engine().retain(owner);
    int status = Probe.probe_unhold(from, Mirrors.handleOf(target));
    Probe.probe_release(from);
    return status;
  }

  /** Its only reference is the edge. */
  private static WeakReference<Object> held(Object owner) {
    Cell target = Cell.adopted(9);
    Space.closeOpenCohort();
    assertThat(hold(owner, target)).isZero();
    return new WeakReference<>(target);
  }

  @ParameterizedTest
  @EnumSource
  void whatIsHeldLivesAsLongAsItsOwner(Space space) {
    Cell[] owner = {space.make(() -> Cell.adopted(1))};
    WeakReference<Object> target = held(owner[0]);
    long handle = Mirrors.handleOf(target.get());
    World.collect();
    World.collect();
    assertThat(target.refersTo(null)).isFalse();
    assertThat(Probe.probe_get_i32(handle, Cell.NUMBER)).isEqualTo(9);
    assertThat(owner[0].number()).isEqualTo(1);
    owner[0] = null;
    World.awaitDeath(handle);
    assertThat(target.refersTo(null)).isTrue();
  }

  @Test
  void whatIsHeldTwiceIsToBeLetGoTwice() {
    Cell owner = Cell.adopted(1);
    Cell target = Cell.adopted(2);
    long edges = World.figures().ownedEdges();
    assertThat(hold(owner, target)).isZero();
    assertThat(hold(owner, target)).isZero();
    assertThat(World.figures().ownedEdges()).isEqualTo(edges + 2);
    assertThat(unhold(owner, target)).isZero();
    assertThat(unhold(owner, target)).isZero();
    assertThat(unhold(owner, target)).isEqualTo(Status.EUNCOUNTED); // no edge, so it needs a count
    assertThat(World.figures().ownedEdges()).isEqualTo(edges);
    WeakReference<Object> watched = held(owner);
    assertThat(unhold(owner, watched.get())).isZero();
    Eventually.holdsAfterCollections("what was let go dies", () -> watched.refersTo(null));
  }

  @Test
  void anyObjectIsHeldButOnlyOneWithAMirrorHolds() {
    Cell owner = Cell.adopted(1);
    assertThat(hold(owner, "text")).isZero();
    assertThat(hold("text", owner)).isEqualTo(Status.EUNMANAGED);
    long text = World.engine().retain("text");
    long from = World.engine().retain(owner);
    assertThat(Probe.probe_unhold(from, text)).isZero();
    assertThat(Probe.probe_unhold(from, text)).isEqualTo(Status.EINVAL);
    Probe.probe_release(from);
    Probe.probe_release(text);
  }

  @Test
  void edgesOfTheDeadAreCountedNoMore() {
    long edges = World.figures().ownedEdges();
    long owner = holderOfTwo();
    World.awaitDeath(owner);
    Eventually.holdsAfterCollections(
        "the edges are gone", () -> World.figures().ownedEdges() == edges);
  }

  private static long holderOfTwo() {
    Cell owner = Cell.adopted(1);
    long handle = Mirrors.handleOf(owner);
    hold(owner, "one");
    hold(owner, Cell.adopted(2));
    Space.closeOpenCohort();
    return handle;
  }

  /** Goes red when a count stands in the edge's place, as the next test shows. */
  @Test
  void aCycleThroughAStructOfCIsCollected() {
    WeakReference<Object> watched = cycle(true, 900);
    Eventually.holdsAfterCollections("the cycle is collected", () -> watched.refersTo(null));
    Eventually.holds("the struct is freed", () -> Probe.probe_destroyed(900) == 1);
  }

  @Test
  void theSameCycleWithACountIsNotCollected() {
    WeakReference<Object> watched = cycle(false, 901);
    World.collect();
    World.collect();
    assertThat(watched.refersTo(null)).isFalse();
    Probe.probe_release(Mirrors.handleOf(watched.get()));
    Eventually.holdsAfterCollections("it dies when broken", () -> watched.refersTo(null));
    Eventually.holds("the struct is freed", () -> Probe.probe_destroyed(901) == 1);
  }

  private static WeakReference<Object> cycle(boolean edge, int number) {
    Cell cell = Cell.adopted(1);
    Space.closeOpenCohort();
    long handle = World.engine().retain(cell);
    int status =
        edge
            ? Probe.probe_struct_with_edge(handle, number)
            : Probe.probe_struct_with_count(handle, number);
    assertThat(status).isZero();
    Probe.probe_release(handle);
    return new WeakReference<>(cell);
  }

  @Test
  void anOwnerKeepsItsHandleAndItsMirrorAcrossMoves() {
    Cell owner = Cell.adopted(1);
    long handle = Mirrors.handleOf(owner);
    hold(owner, owner);
    assertThat(Mirrors.handleOf(owner)).isEqualTo(handle);
    owner.number(2);
    World.collect();
    World.engine().moveSome();
    owner.number(3);
    assertThat(Probe.probe_get_i32(handle, Cell.NUMBER)).isEqualTo(3);
    assertThat(World.engine().verify(owner)).isEmpty();
  }

  @Test
  void aCohortLivesWhileOnlyAnOwnerIsLeftOfIt() {
    Cell owner = Cell.adopted(4);
    hold(owner, "something");
    Space.closeOpenCohort();
    World.collect();
    World.collect();
    assertThat(Probe.probe_get_i32(Mirrors.handleOf(owner), Cell.NUMBER)).isEqualTo(4);
    assertThat(World.isStale(Mirrors.handleOf(owner))).isFalse();
  }

  @Test
  void aCopyOfAnOwnerHoldsNothing() {
    Cell owner = Cell.adopted(1);
    WeakReference<Object> target = held(owner);
    Cell copy = owner.copy();
    assertThat(Mirrors.handleOf(copy)).isNotEqualTo(Mirrors.handleOf(owner));
    assertThat(Mirrors.cohortOf(copy)).isNotInstanceOf(PrivateCohort.class);
    assertThat(unhold(copy, target.get())).isNotZero();
    copy.number(5);
    assertThat(Probe.probe_get_i32(Mirrors.handleOf(owner), Cell.NUMBER)).isEqualTo(1);
    assertThat(unhold(owner, target.get())).isZero();
  }

  /** Goes red when {@link Clones} compares tokens in place of entries. */
  @Test
  void aCopyMadeBeforeItsOriginalGotATokenOfItsOwnIsTakenForACopy() {
    Cell owner = Cell.adopted(1);
    Cell copy = owner.copyUnseen();
    hold(owner, "something");
    Hooks.cloned(owner, copy);
    assertThat(Mirrors.handleOf(copy)).isNotEqualTo(Mirrors.handleOf(owner));
    copy.number(2);
    assertThat(Probe.probe_get_i32(Mirrors.handleOf(owner), Cell.NUMBER)).isEqualTo(1);
  }

  /** A library has copied it with all fields, hidden ones too. */
  @Test
  void aCopyThatNobodySawHoldsNothingOnceItIsGivenToC() {
    Cell owner = Cell.adopted(1);
    WeakReference<Object> target = held(owner);
    long counted = World.engine().retain(owner);
    Cell copy = owner.copyUnseen();
    long other = World.engine().retain(copy);
    assertThat(other).isNotEqualTo(counted);
    assertThat(Mirrors.cohortOf(copy)).isNotInstanceOf(PrivateCohort.class);
    assertThat(unhold(owner, target.get())).isZero();
    Probe.probe_release(other);
    Probe.probe_release(counted);
  }
}
