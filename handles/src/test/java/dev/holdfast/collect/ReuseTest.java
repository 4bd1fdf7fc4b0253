package dev.holdfast.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.Eventually;
import dev.holdfast.arena.Arena;
import dev.holdfast.arena.Memory;
import dev.holdfast.arena.UnsafeMemory;
import dev.holdfast.fixture.Big;
import dev.holdfast.fixture.Cell;
import dev.holdfast.fixture.Mirror;
import dev.holdfast.fixture.Probe;
import dev.holdfast.fixture.Space;
import dev.holdfast.fixture.World;
import dev.holdfast.hook.EntryDescriptor;
import dev.holdfast.hook.HandleBits;
import dev.holdfast.hook.Mirrors;
import dev.holdfast.table.Status;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.FutureTask;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * Memory that C may read is not given to others: a scope holds what was vacated or has died since,
 * a pin holds its cohort.
 *
 * <p>Goes red when {@link GracePeriod#over} does not look at scopes, when {@code Limbo.release}
 * does not look at pins, and when move.c does not ({@code try_move}).
 */
@Tag("engine")
class ReuseTest {
  private static final Memory MEMORY = new UnsafeMemory();
  private static final long NUMBER_AT = Cell.NUMBER & 0xffffff;

  private static final int SIGN = 0x51611;

  private static final int CHUNKFUL = Arena.CHUNK / (8 * Big.FIELDS);

  private final List<Object> others = new ArrayList<>();

  @BeforeAll
  static void start() {
    Probe.start();
  }

  @BeforeEach
  void memoryIsFree() {
    Eventually.holdsAfterCollections(
        "what former tests have used comes back: " + World.figures(),
        () -> {
          World.engine().collect();
          return World.figures().arenaUsedBytes() < 16 * Arena.CHUNK;
        });
  }

  @AfterEach
  void nothingIsBroken() {
    World.validate();
  }

  private static int numberAt(long mirror) {
    return MEMORY.getInt(mirror + NUMBER_AT);
  }

  /** Gives all memory that may be given to other objects. */
  private void useFreeMemory() {
    for (int i = 0; i < 5; i++) {
      World.engine().collect();
    }
    others.clear();
    boolean mirrored = true;
    for (int more = CHUNKFUL; more > 0 && mirrored; more--) {
      Object other = Big.adopted();
      others.add(other);
      mirrored = Mirror.isShown(other); // or else the arena is full
      more = World.figures().freeChunks() > 0 ? CHUNKFUL : more;
    }
  }

  /** In vacated memory that nobody may reuse yet: shows when somebody does. */
  private static void leaveASign(long mirror) {
    MEMORY.putInt(mirror + NUMBER_AT, SIGN);
  }

  private void awaitReuse(long mirror) {
    Eventually.holdsAfterCollections(
        "0x" + Long.toHexString(mirror) + " is used again",
        () -> {
          useFreeMemory();
          return numberAt(mirror) != SIGN;
        });
  }

  @Test
  void aScopeKeepsTheOldCopyOfWhatHasMoved() {
    Cell cell = Cell.adopted(1);
    Probe.probe_enter();
    long old = Probe.probe_deref(Mirrors.handleOf(cell));
    World.engine().collect();
    useFreeMemory();
    assertThat(Mirror.of(cell).address()).isNotEqualTo(old);
    assertThat(numberAt(old)).isEqualTo(1);
    leaveASign(old);
    Probe.probe_exit();
    awaitReuse(old);
  }

  @Test
  void aScopeKeepsTheMirrorsOfTheDead() {
    long handle = Space.OLD.make(() -> World.engine().retain(Cell.adopted(2)));
    Probe.probe_enter();
    long mirror = Probe.probe_deref(handle);
    Probe.probe_release(handle);
    World.awaitDeath(handle);
    useFreeMemory();
    assertThat(numberAt(mirror)).isEqualTo(2);
    Probe.probe_exit();
    Eventually.holdsAfterCollections("entry is used again", () -> isUsedAgain(handle));
  }

  /**
   * Its entry cannot be used again while a scope is open that was open before its death. Goes red
   * when the stamp grows at reuse instead of at death.
   */
  @Test
  void theHandlesOfTheDeadAreStaleBeforeTheirEntryIsUsedAgain() {
    long handle = Space.YOUNG.make(() -> World.engine().retain(Cell.adopted(7)));
    Probe.probe_enter();
    Probe.probe_release(handle);
    World.awaitDeath(handle);
    assertThat(Probe.probe_deref(handle)).isZero();
    assertThat(Probe.probe_status()).isEqualTo(Status.ESTALE);
    assertThat(Probe.probe_retain(handle)).isZero();
    assertThat(Probe.probe_status()).isEqualTo(Status.ESTALE);
    Probe.probe_exit();
  }

  private static boolean isUsedAgain(long handle) {
    for (int i = 0; i < 200; i++) {
      long other = Mirrors.handleOf(Cell.adopted(i));
      if (HandleBits.index(other) == HandleBits.index(handle)) {
        return true;
      }
      Space.closeOpenCohort();
    }
    return false;
  }

  @Test
  void aScopeThatWasOpenedLaterHoldsNothingUp() {
    Cell cell = Cell.adopted(3);
    World.engine().collect();
    Probe.probe_enter();
    assertThat(Mirror.state(cell)).isEqualTo(EntryDescriptor.OLD);
    Eventually.holds("the nursery is empty", () -> World.figures().nurseryChunks() == 0);
    Probe.probe_exit();
  }

  @Test
  void aPinnedMirrorStaysWhereItIs() {
    Cell cell = Cell.adopted(4);
    long handle = World.engine().retain(cell);
    long pinned = Probe.probe_pin(handle);
    World.collect();
    World.engine().moveSome();
    assertThat(Mirror.of(cell).address()).isEqualTo(pinned);
    assertThat(Probe.probe_unpin(handle)).isZero();
    Eventually.holds(
        "it moves once it is not pinned",
        () -> {
          World.engine().collect();
          return Mirror.of(cell).address() != pinned;
        });
    Probe.probe_release(handle);
  }

  @Test
  void aPinKeepsTheMemoryOfTheDead() {
    long handle = Space.YOUNG.make(() -> World.engine().retain(Cell.adopted(5)));
    long pinned = Probe.probe_pin(handle);
    Probe.probe_release(handle);
    World.awaitDeath(handle);
    useFreeMemory();
    assertThat(numberAt(pinned)).isEqualTo(5);
    leaveASign(pinned);
    assertThat(Probe.probe_unpin(handle)).isZero();
    awaitReuse(pinned);
  }

  @Test
  void readersSeeNothingButTheObjectThatTheyLookAt() throws Exception {
    long shown = MEMORY.allocateOrThrow(8);
    long stop = MEMORY.allocateOrThrow(4);
    FutureTask<Long> wrong = new FutureTask<>(() -> Probe.probe_watch(shown, stop, Cell.NUMBER, 6));
    new Thread(wrong, "reader").start();
    try {
      Cell last = null;
      for (int i = 0; i < World.rounds(300); i++) {
        Cell cell = Cell.adopted(6);
        MEMORY.putLongRelease(shown, Mirrors.handleOf(cell));
        World.engine().collect(); // it moves, and another takes its place
        for (int n = 0; n < World.rounds(2_000); n++) {
          Cell.adopted(-1);
        }
        last = cell;
      }
      assertThat(last.number()).isEqualTo(6);
    } finally {
      MEMORY.putIntRelease(stop, 1);
    }
    assertThat(wrong.get()).isZero();
  }
}
