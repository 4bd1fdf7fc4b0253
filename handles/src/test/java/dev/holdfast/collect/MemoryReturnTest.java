package dev.holdfast.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.ChildJvm;
import dev.holdfast.Eventually;
import dev.holdfast.arena.UnsafeMemory;
import dev.holdfast.fixture.Cell;
import dev.holdfast.fixture.Mirror;
import dev.holdfast.fixture.World;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.condition.EnabledOnOs;
import org.junit.jupiter.api.condition.OS;

/**
 * An arena that had much to hold and has little now, in a JVM of its own whose Java heap does not
 * change its size.
 *
 * <p>Goes red when the collector does not trim, and (the resident size) when {@code hfi_discard}
 * says so without doing it.
 */
@EnabledOnOs(OS.LINUX) // resident memory is read from /proc
class MemoryReturnTest {
  private static final int COHORTS = 100_000;
  private static final int KEPT = 16;
  private static final long MIB = 1 << 20;

  @Test
  void whatOldCollectionsEmptyGoesBackToTheOperatingSystemAndStaysReadable() {
    ChildJvm child =
        ChildJvm.runEngine(
            Program.class, "-Xms64m", "-Xmx64m", "-XX:+UseSerialGC", "-XX:+AlwaysPreTouch");
    assertThat(child.output()).contains("resident memory has shrunk", "all is as it was");
    assertThat(child.exitCode()).isZero();
  }

  /** Runs in the child. */
  static final class Program {
    private Program() {}

    public static void main(String[] args) {
      World.startedWith(
          new EngineOptions(512 * MIB, 0, EngineOptions.COHORT_MOST, 0, false, false, true));
      List<Cell> living = new ArrayList<>(survivors());
      World.collect();
      List<Long> addresses = new ArrayList<>();
      living.forEach(cell -> addresses.add(Mirror.of(cell).address()));
      long full = resident();
      living.removeIf(cell -> cell.number() % KEPT != 0);
      Eventually.holdsAfterCollections(
          "old chunks are emptied: " + World.figures(),
          () -> World.figures().arenaUsedBytes() < COHORTS / 8 * 1024L);
      Eventually.holds(
          "from " + full + " bytes resident memory shrinks by what was freed",
          () -> full - resident() > COHORTS / 4 * 3 * 1024L);
      System.out.println("resident memory has shrunk");

      UnsafeMemory memory = new UnsafeMemory();
      addresses.forEach(memory::getLong); // or this JVM dies
      for (Cell cell : living) {
        if (!World.engine().verify(cell).isEmpty()) {
          throw new AssertionError(World.engine().verify(cell));
        }
      }
      survivors(); // in memory that was given back
      World.collect();
      World.validate();
      System.out.println("all is as it was");
    }

    /** Each keeps a cohort of 1 KiB. */
    private static List<Cell> survivors() {
      List<Cell> survivors = new ArrayList<>();
      for (int i = 0; i < COHORTS; i++) {
        survivors.add(Cell.adopted(i));
        for (int n = 1; n < 32; n++) {
          Cell.adopted(-1);
        }
      }
      return survivors;
    }

    private static long resident() {
      try {
        for (String line : Files.readAllLines(Path.of("/proc/self/status"))) {
          if (line.startsWith("VmRSS:")) {
            return 1024 * Long.parseLong(line.replaceAll("[^0-9]", ""));
          }
        }
        throw new AssertionError("/proc/self/status has no VmRSS");
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
