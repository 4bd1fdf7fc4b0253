package dev.holdfast.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.ChildJvm;
import dev.holdfast.Eventually;
import dev.holdfast.fixture.Cell;
import dev.holdfast.fixture.LateCell;
import dev.holdfast.fixture.Mirror;
import dev.holdfast.fixture.Probe;
import dev.holdfast.fixture.World;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A program that recurses until the stack ends, wherever in a hook that happens to be; in the
 * interpreter, where each call in the hook can be the one too many.
 *
 * <p>Goes red when {@link Writes#through} does not unmark in {@code finally}: some 20 % of the
 * overflows leave the section open. When moreover {@link Section#mark} counts by 1 without {@code |
 * 1}, a lost unmark turns the parity round. And when a drain that was stopped leaves nothing for
 * the next: what was behind it on the queue is held for ever.
 */
class StackOverflowTest {
  private static ChildJvm child;

  @BeforeAll
  static void run() {
    child = ChildJvm.runEngine(Program.class, "-Xint");
  }

  @Test
  void theStackEndsInHooksToo() {
    assertThat(child.output()).containsPattern("hooks failed: [1-9]");
  }

  @Test
  void aSectionIsClosedWhenTheStackEndsInIt() {
    assertThat(child.output()).contains("sections left open: 0");
  }

  @Test
  void noThreadIsLeftInASectionOnceItHasWrittenAgain() {
    assertThat(child.output()).contains("counter even: true");
  }

  @Test
  void whatIsWrittenAgainIsInItsMirror() {
    assertThat(child.output()).contains("differences: []");
  }

  @Test
  void whatWasAdoptedOnTheWayIsWhole() {
    assertThat(child.output()).contains("broken: []").contains("adopted differ: []");
  }

  @Test
  void whatCReleasedIsLetGoOfAlsoWhenTheStackEndsInADrain() {
    assertThat(child.output()).containsPattern("drains stopped: [1-9]").contains("counted: 0");
  }

  @Test
  void mirrorsStillMove() {
    assertThat(child.output()).contains("moved: true");
  }

  /** Runs in the child. */
  static final class Program {
    private static final int DIVES = 120;
    private static final int DRAINING_DIVES = 60;
    private static final int STACK = 192 << 10;

    private final Cell cell = Cell.adopted(0);
    private final List<Object> born = new ArrayList<>();
    private final long[] counted = new long[3_000];
    private int released;
    private boolean draining;
    private int drainsStopped;
    private int leftOpen;

    private Program() {}

    public static void main(String[] args) throws InterruptedException {
      Probe.start();
      Program program = new Program();
      Thread diver = new Thread(null, program::dive, "diver", STACK);
      diver.start();
      diver.join();
    }

    private void dive() {
      for (int i = 0; i < DIVES; i++) {
        try {
          downWith(i, 0L, false);
        } catch (StackOverflowError e) {
          leftOpen += counter() & 1;
        }
        cell.number(-i); // by which the next section begins and ends
      }
      for (int i = 0; i < DRAINING_DIVES; i++) {
        diveDraining(i);
      }
      report();
    }

    private void diveDraining(int dive) {
      for (int i = 0; i < counted.length; i++) {
        counted[i] = World.engine().retain(new Object());
      }
      released = 0;
      try {
        downWith(dive, 0L, true);
      } catch (StackOverflowError e) {
        drainsStopped += draining ? 1 : 0;
      }
      while (released < counted.length) {
        Probe.probe_release(counted[released++]);
      }
    }

    /** Each time C releases three, and the drain that follows has them before it. */
    @SuppressWarnings("InfiniteRecursion") // until the stack ends
    private void downDraining(int depth) {
      draining = false;
      for (int i = 0; i < 3 && released < counted.length; i++) {
        Probe.probe_release(counted[released]);
        released++;
      }
      draining = true;
      World.engine().drain();
      draining = false;
      downDraining(depth + 1);
    }

    /** Frames of several sizes, so that the end of the stack falls on each place of a hook. */
    private void downWith(int dive, long extra, boolean drains) {
      if (extra < dive % 17) {
        downWith(dive, extra + 1, drains);
      } else if (drains) {
        downDraining(dive);
      } else if (dive % 3 == 0) {
        downAdopting(dive);
      } else if (dive % 3 == 1) {
        downAdoptingLate(dive);
      } else {
        down(dive);
      }
    }

    @SuppressWarnings("InfiniteRecursion") // until the stack ends
    private void down(int depth) {
      cell.number(depth);
      down(depth + 1);
    }

    @SuppressWarnings("InfiniteRecursion") // until the stack ends
    private void downAdopting(int depth) {
      born.add(Cell.adopted(depth));
      downAdopting(depth + 1);
    }

    @SuppressWarnings("InfiniteRecursion") // until the stack ends
    private void downAdoptingLate(int depth) {
      LateCell late = new LateCell();
      born.add(late);
      late.number(depth);
      late.adopt();
      downAdoptingLate(depth + 1);
    }

    private int counter() {
      return Raw.UNSAFE.getInt(ThreadRecord.current().address);
    }

    private void report() {
      System.out.println("sections left open: " + leftOpen);
      System.out.println("hooks failed: " + HookState.failures());
      System.out.println("counter even: " + ((counter() & 1) == 0));
      System.out.println("differences: " + World.engine().verify(cell));
      System.out.println("broken: " + World.engine().validate());
      System.out.println("adopted differ: " + differing());
      System.out.println("drains stopped: " + drainsStopped);
      System.out.println("counted: " + countedAtLast());
      long before = Mirror.of(cell).address();
      for (int i = 0; i < 1_000 && Mirror.of(cell).address() == before; i++) {
        HookState.backend().zeal(Mirrors.cohortOf(cell)); // it comes first, however many there are
      }
      System.out.println("moved: " + (Mirror.of(cell).address() != before));
      System.exit(0);
    }

    private static long countedAtLast() {
      try {
        Eventually.holds("nothing is counted", () -> World.figures().handlesCounted() == 0);
      } catch (AssertionError e) {
        // says the number
      }
      return World.figures().handlesCounted();
    }

    /** Of those that have mirrors; a write-through may be lost, an adoption may not be half. */
    private List<Object> differing() {
      List<Object> differing = new ArrayList<>();
      for (Object object : born) {
        if (!World.engine().verify(object).isEmpty()) {
          differing.add(object);
        }
      }
      return differing;
    }
  }
}
