package sample.app;

import java.lang.reflect.Field;

/**
 * Asks where in an object the first field of {@code AccessibleObject} lies, as libraries do that
 * write to it by {@code Unsafe} (Byte Buddy, Lombok): of a class of their own with the same fields.
 */
public class Overriding {
  static class Copy {
    boolean override;
    volatile Object accessCheckCache;
  }

  public static void main(String[] args) throws ReflectiveOperationException {
    Class<?> type = Class.forName("sun.misc.Unsafe");
    Field unsafe = type.getDeclaredField("theUnsafe");
    unsafe.setAccessible(true);
    System.out.println(
        type.getMethod("objectFieldOffset", Field.class)
            .invoke(unsafe.get(null), Copy.class.getDeclaredField("override")));
  }
}
