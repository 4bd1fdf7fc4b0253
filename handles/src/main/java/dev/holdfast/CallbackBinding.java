package dev.holdfast;

import com.sun.jna.Callback;
import com.sun.jna.CallbackReference;
import com.sun.jna.Native;
import com.sun.jna.NativeMapped;
import com.sun.jna.NativeMappedConverter;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.TypeMapper;
import com.sun.jna.WString;
import dev.holdfast.stats.Log;
import dev.holdfast.table.Status;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.Method;

/**
 * A Java method that C calls, with handles where it names objects: what JNA's own callbacks cannot
 * pass. Immutable, for any thread.
 */
final class CallbackBinding {
  private final Class<?> type;
  private final Method method;
  private final Passing[] passings;
  private final Passing result;
  private final Class<?>[] nativeTypes;
  private final Class<?> nativeResult;

  /**
   * @param type an interface with one method, or one that is named {@code callback}
   * @throws IllegalArgumentException that names the parameter which cannot be passed
   */
  CallbackBinding(Class<?> type, TypeMapper mapper) {
    this.type = type;
    this.method = FunctionShape.methodOf(type);
    openTo(method);
    Class<?>[] types = method.getParameterTypes();
    this.passings = new Passing[types.length];
    this.nativeTypes = new Class<?>[types.length];
    for (int i = 0; i < types.length; i++) {
      passings[i] = Passing.of(types[i], mapper);
      nativeTypes[i] = nativeType(new Place(method, i), passings[i]);
      if (new Place(method, i).isRetained() && !isCounted(passings[i])) {
        throw new Place(method, i).refuse("@Retained is for objects and handles");
      }
    }
    this.result = Passing.of(method.getReturnType(), mapper);
    this.nativeResult = nativeType(Place.result(method), result);
    if (Place.result(method).isBorrowed() && !isCounted(result)) {
      throw Place.result(method).refuse("@Borrowed is for objects and handles");
    }
  }

  private static boolean isCounted(Passing passing) {
    return passing == Passing.OBJECT || passing == Passing.HANDLE;
  }

  /** It is of an interface that may be anybody's. */
  private static void openTo(Method method) {
    try {
      method.setAccessible(true);
    } catch (InaccessibleObjectException e) {
      Class<?> type = method.getDeclaringClass();
      throw new IllegalArgumentException(
          Place.name(method)
              + ": Java may not call it from here: add \"opens "
              + type.getPackageName()
              + " to "
              + CallbackBinding.class.getModule().getName()
              + ";\" to module "
              + type.getModule().getName(),
          e);
    }
  }

  private static Class<?> nativeType(Place place, Passing passing) {
    return switch (passing) {
      case HANDLE, OBJECT, FUNCTION -> Pointer.class;
      case JNA -> jnasType(place);
      case OBJECTS ->
          throw place.refuse("C calls back with no array of a known length: declare a Pointer");
    };
  }

  private static Class<?> jnasType(Place place) {
    Class<?> type = place.type();
    if (type.isPrimitive()) {
      return type;
    }
    if (type == Pointer.class || Callback.class.isAssignableFrom(type)) {
      return Pointer.class;
    }
    if (NativeMapped.class.isAssignableFrom(type)) {
      return NativeMappedConverter.getInstance(type).nativeType();
    }
    boolean byReference =
        Structure.class.isAssignableFrom(type) && !Structure.ByValue.class.isAssignableFrom(type);
    if (place.index() != Place.RESULT
        && (byReference || type == String.class || type == WString.class)) {
      return Pointer.class;
    }
    throw place.refuse(
        "a callback that names objects cannot pass it: declare a "
            + (Passing.isBoxed(type) ? "primitive" : "Pointer"));
  }

  /** The interface that declares the method. */
  Class<?> type() {
    return type;
  }

  Class<?>[] nativeTypes() {
    return nativeTypes.clone();
  }

  Class<?> nativeResult() {
    return nativeResult;
  }

  /**
   * Calls the method. No Throwable gets out: JNA's handler of callbacks' exceptions is told, and C
   * gets 0.
   *
   * @param callback for that handler
   */
  Object call(Callback callback, Object target, Object[] args) {
    Place at = Place.result(method);
    try {
      Object[] given = new Object[args.length];
      for (int i = 0; i < args.length; i++) {
        at = new Place(method, i);
        given[i] = fromNative(args[i], at);
      }
      at = Place.result(method);
      Object answer = method.invoke(target, given);
      for (Object one : given) {
        if (one instanceof Structure structure && structure.getAutoWrite()) {
          structure.write();
        }
      }
      return toNative(answer, at);
    } catch (HoldfastException e) {
      tell(callback, at.at(e));
    } catch (InvocationTargetException e) {
      tell(callback, e.getCause());
    } catch (Throwable e) {
      tell(callback, e);
    }
    return null;
  }

  private static void tell(Callback callback, Throwable thrown) {
    try {
      Native.getCallbackExceptionHandler().uncaughtException(callback, thrown);
    } catch (Throwable e) {
      Log.warn("a handler of callbacks' exceptions threw " + e + " when told of " + thrown);
    }
  }

  private Object fromNative(Object value, Place place) {
    Class<?> type = place.type();
    if (value instanceof Number number && type == boolean.class) {
      return number.intValue() != 0;
    }
    if (!(value instanceof Pointer pointer)) {
      return value == null || !NativeMapped.class.isAssignableFrom(type) || type == Handle.class
          ? value
          : NativeMappedConverter.getInstance(type).fromNative(value, null);
    }
    return switch (passings[place.index()]) {
      case HANDLE ->
          place.isRetained()
              ? Handle.handedOver(Pointer.nativeValue(pointer))
              : Handle.ofCallback(Pointer.nativeValue(pointer));
      case OBJECT ->
          place.isRetained()
              ? Holdfast.takeAs(Pointer.nativeValue(pointer), type)
              : Holdfast.resolve(Pointer.nativeValue(pointer), type);
      case FUNCTION -> CFunction.of(pointer, type, null);
      case JNA, OBJECTS -> ofJna(pointer, type);
    };
  }

  @SuppressWarnings("unchecked")
  private static Object ofJna(Pointer pointer, Class<?> type) {
    if (type == String.class) {
      return pointer.getString(0, Native.getDefaultStringEncoding());
    }
    if (type == WString.class) {
      return new WString(pointer.getWideString(0));
    }
    if (Structure.class.isAssignableFrom(type)) {
      Structure structure = Structure.newInstance((Class<? extends Structure>) type, pointer);
      structure.autoRead();
      return structure;
    }
    if (Callback.class.isAssignableFrom(type)) {
      return CallbackReference.getCallback(type, pointer);
    }
    return NativeMapped.class.isAssignableFrom(type)
        ? NativeMappedConverter.getInstance(type).fromNative(pointer, null)
        : pointer;
  }

  private Object toNative(Object answer, Place place) {
    if (answer == null) {
      return null;
    }
    return switch (result) {
      case HANDLE -> ((Handle) answer).toNative();
      case OBJECT -> new Pointer(place.isBorrowed() ? lent(answer) : Holdfast.retain(answer));
      case FUNCTION -> CFunction.pointer((Callback) answer, place.type());
      case JNA, OBJECTS -> toJna(answer);
    };
  }

  private static Object toJna(Object answer) {
    if (answer instanceof NativeMapped mapped) {
      return mapped.toNative();
    }
    return answer instanceof Callback callback
        ? CallbackReference.getFunctionPointer(callback)
        : answer;
  }

  /** What nobody else counts might be dead before C looks at it. */
  private static long lent(Object answer) {
    long bits = Holdfast.retain(answer);
    long counts = Holdfast.engine().count(bits);
    Holdfast.release(bits);
    if (counts == 1) {
      throw new HoldfastException(
          Status.EUNCOUNTED, "nobody counts the " + answer.getClass().getName() + " that is lent");
    }
    return bits;
  }
}
