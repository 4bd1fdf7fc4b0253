package dev.holdfast.call;

import static java.lang.invoke.MethodHandles.dropArguments;
import static java.lang.invoke.MethodHandles.explicitCastArguments;
import static java.lang.invoke.MethodHandles.filterArguments;
import static java.lang.invoke.MethodHandles.filterReturnValue;
import static java.lang.invoke.MethodHandles.insertArguments;
import static java.lang.invoke.MethodType.methodType;

import dev.holdfast.collect.Engine;
import dev.holdfast.table.HandleException;
import dev.holdfast.table.Status;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;

/**
 * Turns any method handle into one on words: {@code (Object receiver, long a, long b, long c, long
 * d, long[] more) -> long}. A word is what a C {@code union hf_value} holds, of which only the
 * bytes of the parameter's kind count.
 */
final class Words {
  /** How many arguments are passed as words of their own. */
  static final int IN_LINE = 4;

  private static final MethodHandle TRUTH;
  private static final MethodHandle FLOAT;
  private static final MethodHandle DOUBLE;
  private static final MethodHandle FLOAT_BITS;
  private static final MethodHandle DOUBLE_BITS;
  private static final MethodHandle ARGUMENT;
  private static final MethodHandle RESULT;

  static {
    MethodHandles.Lookup lookup = MethodHandles.lookup();
    try {
      TRUTH = find(lookup, "truth", boolean.class, long.class);
      FLOAT = find(lookup, "floatOf", float.class, long.class);
      FLOAT_BITS = find(lookup, "bitsOf", long.class, float.class);
      ARGUMENT = find(lookup, "argument", Object.class, Engine.class, Class.class, long.class);
      RESULT = find(lookup, "result", long.class, Engine.class, Object.class);
      DOUBLE =
          lookup.findStatic(Double.class, "longBitsToDouble", methodType(double.class, long.class));
      DOUBLE_BITS =
          lookup.findStatic(
              Double.class, "doubleToRawLongBits", methodType(long.class, double.class));
    } catch (ReflectiveOperationException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private Words() {}

  private static MethodHandle find(
      MethodHandles.Lookup lookup, String name, Class<?> result, Class<?>... parameters)
      throws ReflectiveOperationException {
    return lookup.findStatic(Words.class, name, methodType(result, parameters));
  }

  /**
   * @param receiver whether the first parameter is the object that it is called on
   */
  static MethodHandle adapt(Engine engine, MethodHandle method, boolean receiver) {
    MethodHandle adapted = receiver ? method : dropArguments(method, 0, Object.class);
    int n = adapted.type().parameterCount() - 1;
    for (int i = 1; i <= n; i++) {
      adapted = argument(engine, adapted, i);
    }
    adapted = result(engine, adapted);
    if (n > IN_LINE) {
      adapted = adapted.asSpreader(1 + IN_LINE, long[].class, n - IN_LINE);
    } else {
      for (int i = n; i < IN_LINE; i++) {
        adapted = dropArguments(adapted, i + 1, long.class);
      }
      adapted = dropArguments(adapted, 1 + IN_LINE, long[].class);
    }
    return adapted.asType(adapted.type().changeParameterType(0, Object.class));
  }

  private static MethodHandle argument(Engine engine, MethodHandle method, int at) {
    Class<?> wanted = method.type().parameterType(at);
    if (wanted == boolean.class) {
      return filterArguments(method, at, TRUTH);
    }
    if (wanted == float.class) {
      return filterArguments(method, at, FLOAT);
    }
    if (wanted == double.class) {
      return filterArguments(method, at, DOUBLE);
    }
    if (wanted.isPrimitive()) {
      return explicitCastArguments(method, method.type().changeParameterType(at, long.class));
    }
    MethodHandle object = insertArguments(ARGUMENT, 0, engine, wanted);
    return filterArguments(method, at, object.asType(methodType(wanted, long.class)));
  }

  private static MethodHandle result(Engine engine, MethodHandle method) {
    MethodType type = method.type();
    Class<?> result = type.returnType();
    if (result == void.class) {
      return filterReturnValue(method, MethodHandles.constant(long.class, 0L));
    }
    if (result == float.class) {
      return filterReturnValue(method, FLOAT_BITS);
    }
    if (result == double.class) {
      return filterReturnValue(method, DOUBLE_BITS);
    }
    if (result.isPrimitive()) {
      return explicitCastArguments(method, type.changeReturnType(long.class));
    }
    return filterReturnValue(
        method.asType(type.changeReturnType(Object.class)), RESULT.bindTo(engine));
  }

  static boolean truth(long word) {
    return (byte) word != 0;
  }

  static float floatOf(long word) {
    return Float.intBitsToFloat((int) word);
  }

  static long bitsOf(float value) {
    return Float.floatToRawIntBits(value) & 0xffff_ffffL;
  }

  static Object argument(Engine engine, Class<?> wanted, long handle) {
    if (handle == 0) {
      return null;
    }
    Object object = engine.resolve(handle);
    if (!wanted.isInstance(object)) {
      throw new HandleException(
          Status.ETYPE,
          "an argument is a " + object.getClass().getName() + ", not a " + wanted.getName());
    }
    return object;
  }

  static long result(Engine engine, Object object) {
    return object == null ? 0 : engine.give(object);
  }
}
