package dev.holdfast.jna;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import dev.holdfast.table.HandleException;
import dev.holdfast.table.Status;
import java.util.Arrays;
import org.junit.jupiter.api.Test;

class Utf8Test {
  private static final byte UNTOUCHED = '#';

  @Test
  void writesWholeCodePointsForEachCapacity() {
    String text = "aé€😀z"; // 1, 2, 3, 4 and 1 bytes
    int[] fitting = {0, 1, 1, 3, 3, 3, 6, 6, 6, 6, 10, 11, 11};
    for (int capacity = 0; capacity < fitting.length; capacity++) {
      byte[] buffer = written(text, capacity, 11);
      byte[] expected = new byte[16];
      Arrays.fill(expected, UNTOUCHED);
      System.arraycopy(text.getBytes(UTF_8), 0, expected, 0, fitting[capacity]);
      if (fitting[capacity] < capacity) {
        expected[fitting[capacity]] = 0;
      }
      assertThat(buffer).as("capacity " + capacity).isEqualTo(expected);
    }
  }

  @Test
  void anUnpairedSurrogateBecomesAQuestionMark() {
    assertThat(written("a\ud800b", 16, 3)).startsWith('a', '?', 'b', 0);
  }

  @Test
  void theLengthIsHadWithoutABuffer() {
    assertThat(Utf8.write("é".repeat(100_000), 0, 0)).isEqualTo(200_000);
  }

  @Test
  void aNullTextAndABufferThatCannotBeAreRefused() {
    assertThatThrownBy(() -> Utf8.write(null, 0, 0)).satisfies(e -> hasStatus(e, Status.ENULL));
    assertThatThrownBy(() -> Utf8.write("a", 0, 1)).satisfies(e -> hasStatus(e, Status.EINVAL));
    assertThatThrownBy(() -> Utf8.write("a", 64, -1)).satisfies(e -> hasStatus(e, Status.EINVAL));
  }

  private static void hasStatus(Throwable thrown, int status) {
    assertThat(thrown).isInstanceOf(HandleException.class);
    assertThat(((HandleException) thrown).status()).isEqualTo(status);
  }

  private static byte[] written(String text, int capacity, long length) {
    Memory memory = new Memory(16);
    memory.setMemory(0, 16, UNTOUCHED);
    assertThat(Utf8.write(text, Pointer.nativeValue(memory), capacity)).isEqualTo(length);
    return memory.getByteArray(0, 16);
  }
}
