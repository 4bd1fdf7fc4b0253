package dev.holdfast.collect;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/** An arena of 1000 bytes. */
class PressureTest {
  private final Arena arena = new Arena();
  private final Pressure pressure = new Pressure(arena, 1000);

  private static final class Arena implements Pressure.Situation {
    private long used;
    private boolean full;
    private boolean asking;
    private long now = 7;

    @Override
    public long used() {
      return used;
    }

    @Override
    public boolean hasRoom() {
      return !full;
    }

    @Override
    public void ask() {}

    @Override
    public boolean asking() {
      return asking;
    }

    @Override
    public long nanos() {
      return now;
    }
  }

  /** Looks after a pause in which nothing else holds a request back. */
  private boolean asksAt(long used) {
    arena.now += Pressure.MOST_NANOS;
    return asksAtOnce(used);
  }

  private boolean asksAtOnce(long used) {
    long before = pressure.requests();
    arena.used = used;
    pressure.look();
    return pressure.requests() > before;
  }

  @Test
  void aCollectionIsAskedForAtEightyPercentAndNotBefore() {
    assertThat(asksAt(799)).isFalse();
    assertThat(asksAt(800)).isTrue();
  }

  @Test
  void itIsAskedForAgainOnlyWhenTheArenaHasGrownByTenPercent() {
    assertThat(asksAt(800)).isTrue();
    assertThat(asksAt(800)).isFalse();
    assertThat(asksAt(899)).isFalse();
    assertThat(asksAt(900)).isTrue();
    assertThat(asksAt(999)).isFalse();
  }

  @Test
  void growthCountsFromTheLeastThatItHeldSince() {
    assertThat(asksAt(850)).isTrue();
    assertThat(asksAt(750)).isFalse();
    assertThat(asksAt(849)).isFalse();
    assertThat(asksAt(850)).isTrue();
  }

  @Test
  void toAndFroAtEightyPercentAsksOnce() {
    assertThat(asksAt(800)).isTrue();
    for (int i = 0; i < 100; i++) {
      assertThat(asksAt(790)).isFalse();
      assertThat(asksAt(801)).isFalse();
    }
  }

  @Test
  void aFullArenaIsReasonToAskWithoutGrowth() {
    assertThat(asksAt(950)).isTrue();
    arena.full = true;
    assertThat(asksAt(950)).isTrue();
  }

  @Test
  void aSmallArenaIsFullBeforeEightyPercentAreUsed() {
    arena.full = true;
    assertThat(asksAt(750)).isTrue();
  }

  @Test
  void nothingIsAskedWhileTheJvmIsBusyWithTheLastRequest() {
    arena.full = true;
    assertThat(asksAt(950)).isTrue();
    arena.asking = true;
    assertThat(asksAt(950)).isFalse();
    arena.asking = false;
    assertThat(asksAtOnce(950)).isTrue();
  }

  @Test
  void requestsThatBringNothingComeEverMoreSeldom() {
    arena.full = true;
    long pause = Pressure.LEAST_NANOS;
    assertThat(asksAt(950)).isTrue();
    for (int i = 0; i < 20; i++) {
      arena.now += pause - 1;
      assertThat(asksAtOnce(950)).as("request %s after %s ns", i, pause - 1).isFalse();
      arena.now++;
      assertThat(asksAtOnce(950)).as("request %s after %s ns", i, pause).isTrue();
      pause = Math.min(2 * pause, Pressure.MOST_NANOS);
    }
  }

  @Test
  void aRequestThatBringsMemoryBackEndsTheBackingOff() {
    arena.full = true;
    assertThat(asksAt(950)).isTrue();
    assertThat(asksAt(950)).isTrue();
    assertThat(asksAt(950)).isTrue();
    arena.full = false;
    assertThat(asksAt(300)).isFalse();
    assertThat(asksAt(800)).isTrue();
    arena.full = true;
    arena.now += Pressure.LEAST_NANOS;
    assertThat(asksAtOnce(950)).isTrue();
  }
}
