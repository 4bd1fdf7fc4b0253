package dev.holdfast;

import com.sun.jna.Callback;
import com.sun.jna.JNIEnv;
import com.sun.jna.NativeMapped;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.TypeMapper;
import com.sun.jna.WString;
import java.nio.Buffer;
import java.util.Set;

/** How a value of a declared type crosses between Java and C. */
enum Passing {
  /** As JNA has it; what JNA does not know either it refuses itself. */
  JNA,
  /** A {@link Handle}, whose ownership depends on where it crosses. */
  HANDLE,
  /** Any other object: C sees its handle. */
  OBJECT,
  /** An array of such objects: C sees an array of handles, with a NULL behind. */
  OBJECTS,
  /** A function whose parameters or result are {@link #HANDLE} or {@link #OBJECT}. */
  FUNCTION;

  private static final Set<Class<?>> BOXED =
      Set.of(
          Boolean.class,
          Character.class,
          Byte.class,
          Short.class,
          Integer.class,
          Long.class,
          Float.class,
          Double.class,
          Void.class);

  /**
   * How a type is passed.
   *
   * @param mapper the library's own, which comes first; may be null
   */
  static Passing of(Class<?> type, TypeMapper mapper) {
    if (type == Handle.class) {
      return HANDLE;
    }
    if (mapper != null
        && (mapper.getToNativeConverter(type) != null
            || mapper.getFromNativeConverter(type) != null)) {
      return JNA;
    }
    if (Callback.class.isAssignableFrom(type)) {
      return FunctionShape.namesObjects(type, mapper) ? FUNCTION : JNA;
    }
    if (type.isArray()) {
      Class<?> element = type.getComponentType();
      return element.isArray() || element == Handle.class || isJnas(element) ? JNA : OBJECTS;
    }
    return isJnas(type) ? JNA : OBJECT;
  }

  /** Whether JNA takes such an array as an argument. */
  static boolean isArrayOfJnas(Class<?> array) {
    Class<?> element = array.getComponentType();
    return element.isPrimitive()
        || element == String.class
        || element == WString.class
        || element == Pointer.class
        || NativeMapped.class.isAssignableFrom(element)
        || Structure.class.isAssignableFrom(element);
  }

  /** Whether the type has a primitive one. */
  static boolean isBoxed(Class<?> type) {
    return BOXED.contains(type);
  }

  private static boolean isJnas(Class<?> type) {
    return type.isPrimitive()
        || BOXED.contains(type)
        || type == String.class
        || type == WString.class
        || type == JNIEnv.class
        || Pointer.class.isAssignableFrom(type)
        || Structure.class.isAssignableFrom(type)
        || NativeMapped.class.isAssignableFrom(type)
        || Callback.class.isAssignableFrom(type)
        || Buffer.class.isAssignableFrom(type);
  }
}
