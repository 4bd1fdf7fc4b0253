package dev.holdfast.jna;

import dev.holdfast.stats.Log;
import java.lang.invoke.MethodHandle;
import java.lang.reflect.Array;
import java.lang.reflect.Method;

/**
 * A C function pointer to Java code, made by {@code java.lang.foreign} of JDK 22 and later, which
 * costs a fraction of JNA's. Reached by reflection, as these classes are compiled for 17. Not used
 * where native access is refused to this module, or would be granted with a warning: the JVM's
 * option is {@code --enable-native-access=ALL-UNNAMED}.
 */
final class ForeignStub {
  /** System property: {@code jna} has all calls go through JNA, for comparison. */
  static final String PROPERTY = "holdfast.upcalls";

  private static final int SINCE = 22;

  private ForeignStub() {}

  /**
   * @param target takes and returns {@code long}s; it must not throw, that ends the JVM
   * @return 0 where there is none to be had
   */
  static long of(MethodHandle target) {
    if (Runtime.version().feature() < SINCE || "jna".equals(System.getProperty(PROPERTY))) {
      return 0;
    }
    try {
      Method enabled = Module.class.getMethod("isNativeAccessEnabled");
      return (boolean) enabled.invoke(ForeignStub.class.getModule()) ? make(target) : 0;
    } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
      Log.debug("calls from C go through JNA: " + e);
      return 0;
    }
  }

  /** {@code linker.upcallStub(target, descriptor, Arena.global()).address()}. */
  private static long make(MethodHandle target) throws ReflectiveOperationException {
    Class<?> layout = type("MemoryLayout");
    Class<?> descriptor = type("FunctionDescriptor");
    Class<?> linker = type("Linker");
    Class<?> option = type("Linker$Option");
    Class<?> arena = type("Arena");
    Object word = type("ValueLayout").getField("JAVA_LONG").get(null);
    Object words = Array.newInstance(layout, target.type().parameterCount());
    for (int i = 0; i < Array.getLength(words); i++) {
      Array.set(words, i, word);
    }
    Object signature =
        descriptor.getMethod("of", layout, words.getClass()).invoke(null, word, words);
    Object none = Array.newInstance(option, 0);
    Object stub =
        linker
            .getMethod("upcallStub", MethodHandle.class, descriptor, arena, none.getClass())
            .invoke(
                linker.getMethod("nativeLinker").invoke(null),
                target,
                signature,
                arena.getMethod("global").invoke(null),
                none);
    return (long) type("MemorySegment").getMethod("address").invoke(stub);
  }

  private static Class<?> type(String name) throws ClassNotFoundException {
    return Class.forName("java.lang.foreign." + name);
  }
}
