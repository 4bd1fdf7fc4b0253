package dev.holdfast.collect;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Native;
import dev.holdfast.ChildJvm;
import dev.holdfast.Eventually;
import dev.holdfast.arena.Arena;
import dev.holdfast.fixture.Cell;
import dev.holdfast.fixture.LateCell;
import dev.holdfast.fixture.Mirror;
import dev.holdfast.fixture.Probe;
import dev.holdfast.fixture.Space;
import dev.holdfast.fixture.World;
import dev.holdfast.hook.HookState;
import dev.holdfast.stats.Figures;
import java.util.ArrayList;
import java.util.List;
import java.util.function.BooleanSupplier;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/**
 * A program uses up the Java heap, time and again, while objects are adopted, written, counted,
 * moved and die: an OutOfMemoryError falls on each place of a hook and of the collector's thread
 * that allocates. Afterwards nothing is lost and all goes on.
 *
 * <p>Goes red when the collector allocates between a step that cannot be taken back and the note of
 * it: when a death is noted in a list that grows, when the canary is not planted again.
 */
class ExhaustedHeapTest {
  private static ChildJvm child;

  @BeforeAll
  static void run() {
    child = ChildJvm.runEngine(Program.class, "-Xmx16m", "-XX:+UseSerialGC");
  }

  @Test
  void theHeapIsUsedUpInHooksToo() {
    assertThat(child.output()).containsPattern("hooks failed: [1-9]");
  }

  @Test
  void whatWasAdoptedOnTheWayIsWhole() {
    assertThat(child.output()).contains("differing: []");
  }

  @Test
  void noInvariantIsBroken() {
    assertThat(child.output()).contains("broken: []");
  }

  @Test
  void collectionsOfTheJvmAreStillSeen() {
    assertThat(child.output()).contains("collections seen: true");
  }

  @Test
  void theMemoryOfAllThatDiedComesBack() {
    assertThat(child.output()).contains("memory back: true");
  }

  @Test
  void whatCReleasedIsLetGoOf() {
    assertThat(child.output()).contains("counted: 0");
  }

  @Test
  void whatCHasTiedToTheDeadIsDestroyed() {
    assertThat(child.output()).containsPattern("tied: [1-9]").contains("destroyed: true");
  }

  @Test
  void mirrorsStillMove() {
    assertThat(child.output()).contains("moved: true");
  }

  /** Runs in the child. */
  static final class Program {
    private static final int ROUNDS = 4;
    private static final int FILLINGS = 3;
    private static final int OBJECTS = 3_000;
    private static final int LEAST = 16;
    private static final int WARM = 8;
    private static final int NUMBERS = 1023;
    private static final int TIES = 200;

    private static volatile boolean filling;

    private final List<Object> survivors = new ArrayList<>(ROUNDS);
    private final List<Object> differing = new ArrayList<>(ROUNDS);
    private final long[] counted = new long[OBJECTS];
    private int tries;
    private int tied;
    private Object[] made = new Object[OBJECTS];

    private Program() {}

    public static void main(String[] args) throws InterruptedException {
      // JNA's own handler logs, and what the JVM fails to link then the report cannot use either.
      Native.setCallbackExceptionHandler((callback, thrown) -> {});
      System.out.println("begun at " + System.nanoTime());
      Probe.start();
      new Program().play();
    }

    private void play() throws InterruptedException {
      for (int i = 0; i < WARM; i++) {
        step(0, i); // what the JVM fails to link for want of memory it never links again
      }
      for (int round = 0; round < ROUNDS; round++) {
        survivors.add(Cell.adopted(round));
        tie();
        filling = true;
        Thread filler = new Thread(Program::fill, "filler");
        filler.start();
        while (filling) {
          use(round);
        }
        filler.join();
        look();
      }
      report();
    }

    /** To what is dead at once: nobody knows of it before the heap is used up. */
    private void tie() {
      for (int i = 0; i < TIES; i++) {
        long object = World.engine().retain(new Object());
        tries++;
        tied += Probe.probe_tie(object, 0, i, 0) == 0 ? 1 : 0;
        Probe.probe_release(object);
      }
    }

    /** Takes all the heap, down to the smallest object, lets go of it, and again. */
    @SuppressWarnings("UnusedVariable") // the hoard is there to be there
    private static void fill() {
      for (int i = 0; i < FILLINGS; i++) {
        Object[] hoard = null;
        for (int size = 1 << 20; size >= LEAST; ) {
          try {
            hoard = new Object[] {hoard, new byte[size]};
          } catch (OutOfMemoryError e) {
            size /= 2;
          }
        }
      }
      filling = false;
    }

    /** As a program does that thinks it has memory. */
    private void use(int round) {
      for (int i = 0; i < OBJECTS && filling; i++) {
        try {
          step(round, i);
        } catch (OutOfMemoryError e) {
          made[i] = null;
        }
      }
    }

    private void step(int round, int i) {
      if (counted[i] != 0) {
        Probe.probe_release(counted[i]);
        counted[i] = 0;
      }
      if (i % 3 == 0) {
        LateCell late = new LateCell();
        made[i] = late;
        late.number(i);
        late.adopt();
      } else {
        Cell cell = Cell.adopted(i);
        made[i] = cell;
        cell.number(round + i);
      }
      if (i % 7 == 0) {
        counted[i] = World.engine().retain(i % 2 == 0 ? made[i] : new Object());
        tries++;
        tied += Probe.probe_tie(counted[i], 0, i & NUMBERS, 0) == 0 ? 1 : 0;
      }
    }

    private void look() {
      for (Object object : made) {
        if (object != null && !World.engine().verify(object).isEmpty()) {
          differing.add(object);
        }
      }
      made = new Object[OBJECTS];
    }

    private void report() {
      System.out.println("hooks failed: " + HookState.failures());
      System.out.println("differing: " + differing);
      System.out.println("broken: " + World.engine().validate());
      release();
      long seen = World.figures().jvmCollectionsSeen();
      System.out.println(
          "collections seen: " + comes(() -> World.figures().jvmCollectionsSeen() > seen));
      System.out.println("memory back: " + comes(Program::isAlmostEmpty));
      System.out.println("figures: " + World.figures());
      System.out.println("tied: " + tied);
      System.out.println("destroyed: " + comes(this::allDestroyed));
      System.out.println("counted: " + World.figures().handlesCounted());
      System.out.println("moved: " + moves((Cell) survivors.get(0)));
      System.out.println("broken: " + World.engine().validate());
      System.exit(0);
    }

    private void release() {
      for (int i = 0; i < OBJECTS; i++) {
        if (counted[i] != 0) {
          Probe.probe_release(counted[i]);
        }
      }
    }

    /** An Error in Java may leave a tie that C was told of as failed, never the reverse. */
    private boolean allDestroyed() {
      int destroyed = 0;
      for (int number = 0; number <= NUMBERS; number++) {
        destroyed += Probe.probe_destroyed(number);
      }
      return tied <= destroyed && destroyed <= tries;
    }

    private static boolean isAlmostEmpty() {
      Space.closeOpenCohort();
      World.engine().collect();
      Figures now = World.figures();
      return now.arenaUsedBytes() <= 3L * Arena.CHUNK;
    }

    private static boolean moves(Cell cell) {
      return Mirror.isShown(cell) && comes(() -> moved(cell));
    }

    private static boolean moved(Cell cell) {
      long before = World.figures().movedBytesTotal();
      World.engine().moveSome();
      return World.figures().movedBytesTotal() > before && World.engine().verify(cell).isEmpty();
    }

    private static boolean comes(BooleanSupplier condition) {
      try {
        Eventually.holdsAfterCollections("it comes", condition);
        return true;
      } catch (AssertionError e) {
        return false;
      }
    }
  }
}
