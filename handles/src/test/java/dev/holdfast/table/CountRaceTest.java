package dev.holdfast.table;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.Eventually;
import dev.holdfast.fixture.Cell;
import dev.holdfast.fixture.Duel;
import dev.holdfast.fixture.Probe;
import dev.holdfast.fixture.World;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

/** Counts that go to zero and back while C and Java use them; mirrored and opaque. */
@Tag("engine")
class CountRaceTest {
  private static final int ROUNDS = World.rounds(20_000);

  /** What kind of object is counted. */
  enum Kind {
    MIRRORED,
    OPAQUE;

    Object make() {
      return this == MIRRORED ? Cell.adopted(1) : new Object();
    }
  }

  private long rooted;

  @BeforeAll
  static void start() {
    Probe.start();
    World.engine().release(World.engine().retain(new Object()));
  }

  @AfterEach
  void nothingIsBroken() {
    World.validate();
  }

  private static void awaitRooted(long expected) {
    World.engine().drain();
    if (World.figures().handlesCounted() != expected) {
      Eventually.holds(
          expected + " objects are held, not " + World.figures().handlesCounted(),
          () -> World.figures().handlesCounted() == expected);
    }
  }

  /**
   * The object was released in C and is counted again, and its entry is still on the queue when C
   * releases it once more. Goes red when {@link Counts#drain} clears {@code queued} after it has
   * looked at the counts.
   */
  @ParameterizedTest
  @EnumSource
  void aReleaseDuringTheDrainIsNotForgotten(Kind kind) {
    rooted = World.figures().handlesCounted();
    Object object = kind.make();
    long[] handle = new long[1];
    Runnable countWhileQueued =
        () -> {
          Probe.probe_release(World.engine().retain(object));
          handle[0] = World.engine().retain(object);
        };
    countWhileQueued.run();
    Duel.fight(
        ROUNDS,
        round -> World.engine().drain(),
        round -> Probe.probe_release(handle[0]),
        round -> {
          awaitRooted(rooted);
          countWhileQueued.run();
        });
    Probe.probe_release(handle[0]);
    awaitRooted(rooted);
  }

  /**
   * Goes red when the drain lets go of an object without the stripe lock, or without looking at the
   * count under it.
   */
  @ParameterizedTest
  @EnumSource
  void anObjectThatIsCountedDuringTheDrainIsHeld(Kind kind) {
    Object object = kind.make();
    long[] handle = new long[1];
    Probe.probe_release(World.engine().retain(object));
    Duel.fight(
        ROUNDS,
        round -> World.engine().drain(),
        round -> handle[0] = World.engine().retain(object),
        round -> {
          assertThat(World.engine().resolve(handle[0])).isSameAs(object);
          Probe.probe_release(handle[0]);
        });
  }

  /** Goes red when C or Java counts without an atomic operation. */
  @ParameterizedTest
  @EnumSource
  void noCountIsLostBetweenCAndJava(Kind kind) {
    Object object = kind.make();
    long handle = World.engine().retain(object);
    Duel.fight(
        30,
        round -> assertThat(Probe.probe_retain_release(handle, 5_000)).isZero(),
        round -> {
          for (int i = 0; i < 1_000; i++) {
            assertThat(World.engine().retain(object)).isEqualTo(handle);
            World.engine().release(handle);
          }
        },
        round -> assertThat(World.engine().count(handle)).isEqualTo(1));
    World.engine().release(handle);
  }

  /**
   * The count is 1 before each round, and one side takes a count while the other gives one back:
   * from 0 to 1 in Java, or from 1 to 2.
   */
  @ParameterizedTest
  @EnumSource
  void aReleaseToZeroAndARetainLeaveTheObjectHeld(Kind kind) {
    Object object = kind.make();
    long[] handle = {World.engine().retain(object), 0};
    Duel.fight(
        ROUNDS,
        round -> handle[1] = World.engine().retain(object),
        round -> Probe.probe_release(handle[0]),
        round -> {
          handle[0] = handle[1]; // an opaque object may have died and come back
          assertThat(World.engine().resolve(handle[0])).isSameAs(object);
          assertThat(World.engine().count(handle[0])).isEqualTo(1);
        });
    World.engine().release(handle[0]);
  }
}
