package dev.holdfast.jna;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.jna.Pointer;
import dev.holdfast.table.HandleException;
import dev.holdfast.table.Status;

/**
 * Text as C wants it.
 *
 * <p>Text is a {@code String}, any other {@code CharSequence} (its {@code toString()}), or an enum
 * constant (its {@code name()}). An unpaired surrogate becomes {@code ?}, U+0000 one zero byte, so
 * C must go by the length.
 */
final class Utf8 {
  private Utf8() {}

  /**
   * Writes as many whole code points as fit into {@code capacity} bytes, and a NUL if there is room
   * left for it.
   *
   * @param buffer address; not touched if {@code capacity} is 0
   * @return length of the whole text in bytes without a NUL: what was cut off is seen from it
   */
  static long write(Object text, long buffer, long capacity) {
    if (capacity < 0 || (buffer == 0 && capacity > 0)) {
      throw new HandleException(
          Status.EINVAL, "buffer 0x" + Long.toHexString(buffer) + " of " + capacity + " bytes");
    }
    byte[] bytes = text(text).getBytes(UTF_8);
    int fitting = fitting(bytes, capacity);
    Pointer target = new Pointer(buffer);
    if (fitting > 0) {
      target.write(0, bytes, 0, fitting);
    }
    if (fitting < capacity) {
      target.setByte(fitting, (byte) 0);
    }
    return bytes.length;
  }

  private static String text(Object object) {
    if (object instanceof CharSequence chars) {
      return chars.toString();
    }
    if (object instanceof Enum<?> constant) {
      return constant.name();
    }
    if (object == null) {
      throw new HandleException(Status.ENULL, "null has no text");
    }
    throw new HandleException(
        Status.ETYPE,
        "a " + object.getClass().getName() + " is no text (a CharSequence or an enum constant)");
  }

  private static int fitting(byte[] bytes, long capacity) {
    if (bytes.length <= capacity) {
      return bytes.length;
    }
    int end = (int) capacity;
    while (end > 0 && (bytes[end] & 0xc0) == 0x80) {
      end--; // bytes[end] continues a code point that began before the cut
    }
    return end;
  }
}
