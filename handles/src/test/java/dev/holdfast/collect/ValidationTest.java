package dev.holdfast.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.arena.Memory;
import dev.holdfast.arena.UnsafeMemory;
import dev.holdfast.fixture.Cell;
import dev.holdfast.fixture.World;
import dev.holdfast.hook.EntryDescriptor;
import dev.holdfast.hook.HandleBits;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a thread is just about to finish is not told as broken. */
@Tag("engine")
class ValidationTest {
  private static final int SEGMENTS_AT = 256;

  /** Less than the 500 ms for which a validation looks again at least. */
  private static final long SOON_NANOS = TimeUnit.MILLISECONDS.toNanos(300);

  private static final int TRIES = 100;

  private final Memory memory = new UnsafeMemory();
  private final Engine engine = World.engine();

  private long countWord(long handle) {
    int index = HandleBits.index(handle);
    long segment = memory.getLong(engine.runtimeBlock() + SEGMENTS_AT + 8L * (index >>> 14));
    long entry = segment + 64L * (index & 0x3fff);
    return memory.getLongAcquire(entry + EntryDescriptor.COUNTS) + 8L * HandleBits.slot(handle);
  }

  private static boolean collectorLooksAgain() {
    return Thread.getAllStackTraces().entrySet().stream()
        .filter(thread -> thread.getKey().getName().equals("holdfast-collector"))
        .map(thread -> Arrays.toString(thread.getValue()))
        .anyMatch(frames -> frames.contains("parkNanos") && frames.contains("Validation.run"));
  }

  @Test
  void aReleaseThatIsHalfDoneIsWaitedFor() {
    long handle = engine.retain(Cell.adopted(1));
    long word = countWord(handle);
    int tries = 0;
    while (!theOtherHalfComesSoon(word)) { // this thread had lost the processor
      assertThat(++tries).as("halves that came too late").isLessThan(TRIES);
    }
    engine.release(handle);
  }

  /** If it does not, nothing is known. */
  private boolean theOtherHalfComesSoon(long word) {
    long counted = memory.getLongAcquire(word);
    memory.putLongRelease(word, counted - 1); // as a suspended release in C leaves it
    long begun = System.nanoTime();
    CompletableFuture<List<String>> broken = CompletableFuture.supplyAsync(engine::validate);
    while (!broken.isDone() && !collectorLooksAgain()) {
      Thread.onSpinWait();
    }
    memory.putLongRelease(word, counted);
    boolean soon = System.nanoTime() - begun < SOON_NANOS;
    List<String> found = broken.join();
    if (soon) {
      assertThat(found).isEmpty();
    }
    return soon;
  }

  @Test
  void aCountThatIsWrongForGoodIsTold() {
    long handle = engine.retain(Cell.adopted(1));
    long word = countWord(handle);
    long counted = memory.getLongAcquire(word);
    memory.putLongRelease(word, counted - 1);
    assertThat(engine.validate()).singleElement().asString().contains("held with count 0");
    memory.putLongRelease(word, counted);
    engine.release(handle);
  }
}
