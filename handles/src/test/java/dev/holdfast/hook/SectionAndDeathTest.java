package dev.holdfast.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.Eventually;
import dev.holdfast.fixture.Cell;
import dev.holdfast.fixture.Space;
import dev.holdfast.fixture.World;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A death against a thread that has loaded the base and not stored yet.
 *
 * <p>Goes red when the grace period does not wait for the write sections that were open at its
 * beginning.
 */
@Tag("engine")
class SectionAndDeathTest {
  private static final int COLLECTIONS = 5;

  @BeforeAll
  static void start() {
    World.engine();
  }

  @AfterEach
  void nothingIsBroken() {
    World.validate();
  }

  /** Marks, and unmarks once it may go on. */
  private static Thread writer(CountDownLatch marked, CountDownLatch goesOn) {
    return new Thread(
        () -> {
          long record = ThreadRecord.current().address;
          int counter = Section.mark(record);
          marked.countDown();
          Eventually.opens(goesOn);
          Section.unmark(record, counter);
        },
        "writer");
  }

  private static boolean isRetired(long entry) {
    return Raw.UNSAFE.getIntAcquire(null, entry + EntryDescriptor.STATE) == EntryDescriptor.RETIRED;
  }

  @Test
  void nothingOfTheDeadIsUsedAgainWhileASectionIsOpen() throws InterruptedException {
    long[] entry = new long[1];
    long handle =
        Space.YOUNG.make(
            () -> {
              Cell cell = Cell.adopted(1);
              entry[0] = Mirrors.cohortOf(cell).entry;
              return World.engine().retain(cell);
            });
    CountDownLatch marked = new CountDownLatch(1);
    CountDownLatch goesOn = new CountDownLatch(1);
    Thread writer = writer(marked, goesOn);
    writer.start();
    marked.await();
    try {
      World.engine().release(handle);
      World.awaitDeath(handle);
      for (int i = 0; i < COLLECTIONS; i++) {
        World.engine().collect();
      }
      assertThat(isRetired(entry[0])).isTrue();
    } finally {
      goesOn.countDown();
      writer.join();
    }
    Eventually.holds("the entry is used again", () -> !isRetired(entry[0]));
  }
}
