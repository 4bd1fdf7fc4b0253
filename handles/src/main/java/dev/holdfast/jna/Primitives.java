package dev.holdfast.jna;

import com.sun.jna.Pointer;
import dev.holdfast.layout.FieldKind;
import dev.holdfast.table.HandleException;
import dev.holdfast.table.Status;
import java.lang.reflect.Array;

/** Arrays of primitives, copied to native memory and back. */
final class Primitives {
  private Primitives() {}

  /**
   * Copies elements out.
   *
   * @param kind the elements' {@link FieldKind#code()}
   * @return how many there were, {@code n} at most
   * @throws HandleException ETYPE if it is no array of that kind
   */
  static int read(Object array, int kind, long from, int n, Pointer out) {
    check(array, kind);
    int length = Array.getLength(array);
    int at = (int) Math.min(from, length);
    int count = Math.min(n, length - at);
    if (array instanceof boolean[] booleans) {
      byte[] bytes = new byte[count];
      for (int i = 0; i < count; i++) {
        bytes[i] = (byte) (booleans[at + i] ? 1 : 0);
      }
      out.write(0, bytes, 0, count);
    } else if (array instanceof char[] chars) {
      short[] units = new short[count];
      for (int i = 0; i < count; i++) {
        units[i] = (short) chars[at + i];
      }
      out.write(0, units, 0, count);
    } else if (array instanceof byte[] bytes) {
      out.write(0, bytes, at, count);
    } else if (array instanceof short[] shorts) {
      out.write(0, shorts, at, count);
    } else if (array instanceof int[] ints) {
      out.write(0, ints, at, count);
    } else if (array instanceof long[] longs) {
      out.write(0, longs, at, count);
    } else if (array instanceof float[] floats) {
      out.write(0, floats, at, count);
    } else {
      out.write(0, (double[]) array, at, count);
    }
    return count;
  }

  /**
   * Copies {@code n} elements in.
   *
   * @return {@code n}
   * @throws HandleException ETYPE; EINVAL if they do not all fit, and then none is written
   */
  static int write(Object array, int kind, long from, int n, Pointer in) {
    check(array, kind);
    if (from > Array.getLength(array) - (long) n) {
      throw new HandleException(
          Status.EINVAL,
          n + " elements from " + from + " on, of an array of " + Array.getLength(array));
    }
    int at = (int) from;
    if (array instanceof boolean[] booleans) {
      byte[] bytes = in.getByteArray(0, n);
      for (int i = 0; i < n; i++) {
        booleans[at + i] = bytes[i] != 0;
      }
    } else if (array instanceof char[] chars) {
      short[] units = in.getShortArray(0, n);
      for (int i = 0; i < n; i++) {
        chars[at + i] = (char) units[i];
      }
    } else if (array instanceof byte[] bytes) {
      in.read(0, bytes, at, n);
    } else if (array instanceof short[] shorts) {
      in.read(0, shorts, at, n);
    } else if (array instanceof int[] ints) {
      in.read(0, ints, at, n);
    } else if (array instanceof long[] longs) {
      in.read(0, longs, at, n);
    } else if (array instanceof float[] floats) {
      in.read(0, floats, at, n);
    } else {
      in.read(0, (double[]) array, at, n);
    }
    return n;
  }

  private static void check(Object array, int kind) {
    Class<?> element = array.getClass().getComponentType();
    if (element == null
        || !element.isPrimitive()
        || FieldKind.of(element.descriptorString(), false).code() != kind) {
      throw new HandleException(
          Status.ETYPE, array.getClass().getTypeName() + ": no array of kind " + kind);
    }
  }
}
