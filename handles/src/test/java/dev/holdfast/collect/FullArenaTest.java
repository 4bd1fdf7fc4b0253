package dev.holdfast.collect;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Memory;
import dev.holdfast.ChildJvm;
import dev.holdfast.Eventually;
import dev.holdfast.arena.Arena;
import dev.holdfast.fixture.Cell;
import dev.holdfast.fixture.Mirror;
import dev.holdfast.fixture.Probe;
import dev.holdfast.fixture.World;
import dev.holdfast.stats.Figures;
import dev.holdfast.stats.Log;
import java.io.OutputStream;
import java.nio.charset.Charset;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** More living objects than mirrors have room: what C, JMX and the log say of it, twice. */
class FullArenaTest {
  private static ChildJvm child;

  @BeforeAll
  static void run() {
    child = ChildJvm.runEngine(Program.class, "-Xmx256m");
  }

  @Test
  void theLogSaysSoOnce() {
    assertThat(child.output().split("the arena is full", -1)).hasSize(2);
  }

  /** Goes red when a hook waits for the collector's thread, as under zeal. */
  @Test
  void noThreadWaitsForRoom() {
    assertThat(child.output()).contains("all threads came through without the collector");
  }

  @Test
  void cSeesThatItIsFullAndThatItIsNotAnyMore() {
    assertThat(child.output())
        .contains("C: full 1, filled 1", "C: full 0, filled 1")
        .contains("C: full 1, filled 2", "C: full 0, filled 2");
  }

  @Test
  void theFiguresSayTheSame() {
    assertThat(child.output())
        .contains("Java: arena full, filled 1", "Java: running, filled 1")
        .contains("Java: arena full, filled 2", "Java: running, filled 2")
        .contains("the JVM was asked for collections");
  }

  /** Goes red when the collector's thread prints: then it waits for who reads standard error. */
  @Test
  void itHeals() {
    assertThat(child.output()).contains("all that live have mirrors");
    assertThat(child.exitCode()).isZero();
  }

  /** Runs in the child. */
  static final class Program {
    private static final int THREADS = 4;

    /** In {@code struct hf_stats}. */
    private static final int LIMIT = 136;

    private static final int FULL = 144;
    private static final int FILLED = 152;
    private static final int UNMIRRORED = 160;

    private static final int OBJECTS = 100_000; // 32 bytes each, in an arena of 4 MiB

    private Program() {}

    public static void main(String[] args) throws InterruptedException {
      Log.to(new Unread());
      World.startedWith(
          new EngineOptions(4L * Arena.CHUNK, 0, EngineOptions.COHORT_MOST, 0, false, false, true));
      Probe.start();
      for (int i = 1; i <= 2; i++) {
        List<List<Cell>> kept = fill();
        Eventually.holds(
            "C knows the limit", () -> stats(LIMIT) == World.figures().arenaLimitBytes());
        Eventually.holds("C knows of those without", () -> stats(UNMIRRORED) > 0);
        Eventually.holds("the JVM is asked", () -> World.figures().collectionsRequestedTotal() > 0);
        kept.forEach(cells -> cells.subList(1000, cells.size()).clear());
        Eventually.holdsAfterCollections("there is room again", () -> stats(FULL) == 0);
        say(0);
        kept.forEach(cells -> cells.forEach(Program::isMirrored));
      }
      System.out.println("the JVM was asked for collections");
      System.out.println("all that live have mirrors");
      World.validate();
    }

    /** A pipe that was full but for the first line, and that nobody reads any more. */
    private static final class Unread extends OutputStream {
      @Override
      public void write(int b) {
        throw new AssertionError("lines are printed in one call");
      }

      @Override
      public void write(byte[] line) {
        System.out.print(new String(line, Charset.defaultCharset()));
        Eventually.opens(new CountDownLatch(1)); // never
      }
    }

    /**
     * Threads that go on allocating, on a full arena, while the collector's thread stands still.
     */
    private static List<List<Cell>> fill() throws InterruptedException {
      CountDownLatch ended = new CountDownLatch(1);
      CountDownLatch stands = new CountDownLatch(1);
      Thread holder =
          new Thread(() -> World.engine().onCollectorThread(() -> stand(stands, ended)));
      holder.setDaemon(true); // where the test fails, it stands for ever
      holder.start();
      stands.await();
      List<List<Cell>> kept = new ArrayList<>();
      List<Thread> threads = new ArrayList<>();
      for (int i = 0; i < THREADS; i++) {
        List<Cell> cells = new ArrayList<>();
        kept.add(cells);
        threads.add(new Thread(() -> allocate(cells)));
      }
      threads.forEach(Thread::start);
      Eventually.holds("all threads come through", () -> haveEnded(threads));
      System.out.println("all threads came through without the collector");
      say(1); // the collector may find room when it goes on: of what died before
      ended.countDown();
      holder.join();
      return kept;
    }

    /** Who asks the collector's thread gives up after a while: that is too late. */
    private static boolean haveEnded(List<Thread> threads) {
      for (Thread thread : threads) {
        List<StackTraceElement> stack = List.of(thread.getStackTrace());
        if (stack.stream().anyMatch(at -> at.getClassName().equals(Requests.class.getName()))) {
          throw new AssertionError(stack.toString());
        }
      }
      return threads.stream().noneMatch(Thread::isAlive);
    }

    private static void stand(CountDownLatch stands, CountDownLatch until) {
      stands.countDown();
      try {
        until.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    private static void allocate(List<Cell> to) {
      for (int n = 0; n < OBJECTS; n++) {
        to.add(Cell.adopted(n));
      }
    }

    private static void isMirrored(Cell cell) {
      World.engine().release(World.engine().retain(cell));
      if (!Mirror.isShown(cell) || !World.engine().verify(cell).isEmpty()) {
        throw new AssertionError("cell " + cell.number() + ": " + World.engine().verify(cell));
      }
    }

    private static void say(long full) {
      Eventually.holds("C knows", () -> stats(FULL) == full);
      System.out.println("C: full " + stats(FULL) + ", filled " + stats(FILLED));
      Figures figures = World.figures();
      System.out.println("Java: " + figures.state() + ", filled " + figures.arenaFilledTotal());
    }

    private static long stats(int at) {
      Memory stats = new Memory(256);
      assertThat(Probe.probe_stats(stats)).isZero();
      return stats.getLong(at);
    }
  }
}
