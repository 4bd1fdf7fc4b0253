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
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What a thread is just about to finish is not told as broken. */
@Tag("engine")
class ValidationTest {
  private static final int SEGMENTS_AT = 256;

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
        .flatMap(thread -> Arrays.stream(thread.getValue()))
        .anyMatch(frame -> frame.getMethodName().equals("parkNanos"));
  }

  @Test
  void aReleaseThatIsHalfDoneIsWaitedFor() {
    long handle = engine.retain(Cell.adopted(1));
    long word = countWord(handle);
    long counted = memory.getLongAcquire(word);
    memory.putLongRelease(word, counted - 1); // as a suspended release in C leaves it
    CompletableFuture<List<String>> broken = CompletableFuture.supplyAsync(engine::validate);
    while (!broken.isDone() && !collectorLooksAgain()) {
      Thread.onSpinWait();
    }
    memory.putLongRelease(word, counted);
    assertThat(broken.join()).isEmpty();
    engine.release(handle);
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
