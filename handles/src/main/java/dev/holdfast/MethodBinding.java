package dev.holdfast;

import com.sun.jna.Callback;
import com.sun.jna.Function;
import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Pointer;
import com.sun.jna.TypeMapper;
import java.lang.ref.Reference;
import java.lang.reflect.InvocationHandler;
import java.lang.reflect.Method;
import java.util.Arrays;
import java.util.HashMap;
import java.util.Map;

/**
 * A C function as a Java method that names objects: calls it with handles for them. Immutable, for
 * any thread.
 */
final class MethodBinding {
  /**
   * JNA's option for the method that calls: without it JNA takes neither a variable number of
   * arguments for one, nor a structure that is declared by reference.
   */
  private static final String INVOKING_METHOD = "invoking-method";

  private final Method method;
  private final Passing[] passings;
  private final Passing result;
  private final TypeMapper mapper;

  /**
   * @throws IllegalArgumentException that names the parameter which cannot be passed
   */
  MethodBinding(Method method, TypeMapper mapper) {
    this.method = method;
    this.mapper = mapper;
    Class<?>[] types = method.getParameterTypes();
    this.passings = new Passing[types.length];
    for (int i = 0; i < types.length; i++) {
      passings[i] = Passing.of(types[i], mapper);
      check(new Place(method, i));
    }
    this.result = Passing.of(method.getReturnType(), mapper);
    if (result == Passing.OBJECTS) {
      throw Place.result(method).refuse("C returns no arrays: declare a Pointer, or an out array");
    }
    if (Place.result(method).isBorrowed() && result != Passing.OBJECT && result != Passing.HANDLE) {
      throw Place.result(method).refuse("@Borrowed is for objects and handles");
    }
  }

  private void check(Place place) {
    Passing passing = passings[place.index()];
    boolean counts =
        passing == Passing.OBJECT || passing == Passing.OBJECTS || passing == Passing.HANDLE;
    if (place.isRetained() && !counts) {
      throw place.refuse("@Retained is for objects, arrays of objects, and handles");
    }
    if (passing == Passing.JNA && place.type().isArray() && !isVariable(place.index())) {
      checkArray(place);
    }
    if (passing == Passing.FUNCTION) {
      new CallbackBinding(FunctionShape.callbackInterface(place.type()), mapper);
    }
  }

  private void checkArray(Place place) {
    boolean mapped = mapper != null && mapper.getToNativeConverter(place.type()) != null;
    if (!mapped && !Passing.isArrayOfJnas(place.type())) {
      throw place.refuse("C takes no array of these: declare a Pointer");
    }
  }

  /** Whether an argument is one of a variable number of them. */
  private boolean isVariable(int i) {
    return method.isVarArgs() && i >= passings.length - 1;
  }

  /** Calls the function; what its parameters lend is counted until it returns. */
  private Object call(Function function, Object[] args, Map<String, ?> options) {
    Object[] given = spread(args);
    Object[] passed = new Object[given.length];
    Loan loan = new Loan();
    try {
      for (int i = 0; i < given.length; i++) {
        passed[i] = toNative(i, given[i], loan);
      }
      Object answer;
      try {
        answer = Holdfast.calling(() -> invoke(function, passed, options, loan));
      } finally {
        Reference.reachabilityFence(given);
      }
      readBack(loan, answer);
      return fromNative(answer);
    } finally {
      loan.end();
    }
  }

  /** As C has a variable number of arguments: one after the other, with JNA's NULL behind. */
  private Object[] spread(Object[] args) {
    int n = args == null ? 0 : args.length;
    if (n == 0 || !(isVariable(n - 1) && args[n - 1] instanceof Object[])) {
      return n == 0 ? new Object[0] : args;
    }
    Object[] variable = (Object[]) args[n - 1];
    Object[] all = Arrays.copyOf(args, n + variable.length);
    for (int i = 0; i < variable.length; i++) {
      all[n - 1 + i] =
          variable[i] instanceof Float single ? (Object) single.doubleValue() : variable[i];
    }
    all[all.length - 1] = null;
    return all;
  }

  private Object invoke(Function function, Object[] passed, Map<String, ?> options, Loan loan) {
    try {
      Object answer = function.invoke(nativeResult(), passed, options);
      loan.handOver();
      return answer;
    } catch (LastErrorException e) {
      loan.handOver(); // thrown after C has returned
      throw e;
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(Place.name(method) + ": " + e.getMessage(), e);
    } catch (IllegalStateException e) {
      throw new IllegalStateException(Place.name(method) + ": " + e.getMessage(), e);
    }
  }

  private Class<?> nativeResult() {
    return result == Passing.JNA ? method.getReturnType() : Pointer.class;
  }

  private Object toNative(int i, Object value, Loan loan) {
    if (value == null) {
      return null;
    }
    boolean variable = isVariable(i);
    Passing passing = variable ? Passing.of(value.getClass(), mapper) : passings[i];
    if (passing == Passing.JNA && !(value instanceof Handle[])) {
      return value;
    }
    Place place = new Place(method, Math.min(i, passings.length - 1));
    try {
      return switch (passing) {
        case JNA -> open((Handle[]) value);
        case HANDLE ->
            place.isRetained()
                ? loan.hold(((Handle) value).get(), place)
                : ((Handle) value).toNative();
        case OBJECT -> loan.hold(value, place);
        case OBJECTS -> loan.holdAll((Object[]) value, place);
        case FUNCTION ->
            CFunction.pointer((Callback) value, variable ? value.getClass() : place.type());
      };
    } catch (HoldfastException e) {
      throw place.at(e);
    } catch (IllegalStateException e) {
      throw new IllegalStateException(place + ": " + e.getMessage(), e);
    }
  }

  /**
   * As they are.
   *
   * @throws IllegalStateException if one is closed
   */
  private static Handle[] open(Handle[] handles) {
    for (Handle handle : handles) {
      if (handle != null) {
        handle.bits();
      }
    }
    return handles;
  }

  private void readBack(Loan loan, Object answer) {
    try {
      loan.readBack();
    } catch (HoldfastException e) {
      if (isGivenAway()) {
        Holdfast.take(Pointer.nativeValue((Pointer) answer), Object.class); // nobody will get it
      }
      throw e;
    }
  }

  /** Whether the result comes with a count. */
  private boolean isGivenAway() {
    return (result == Passing.OBJECT || result == Passing.HANDLE)
        && !Place.result(method).isBorrowed();
  }

  private Object fromNative(Object answer) {
    if (result == Passing.JNA || answer == null) {
      return answer;
    }
    Place place = Place.result(method);
    long bits = Pointer.nativeValue((Pointer) answer);
    try {
      return switch (result) {
        case HANDLE -> place.isBorrowed() ? Handle.borrowed(bits) : Handle.handedOver(bits);
        case OBJECT ->
            place.isBorrowed()
                ? Holdfast.resolve(bits, place.type())
                : Holdfast.takeAs(bits, place.type());
        case FUNCTION -> CFunction.of((Pointer) answer, place.type(), mapper);
        case JNA, OBJECTS -> answer;
      };
    } catch (HoldfastException e) {
      throw place.at(e);
    }
  }

  /** The method's calls of a function. */
  InvocationHandler to(Function function, Map<String, ?> options) {
    Map<String, Object> all = new HashMap<>(options);
    all.put(INVOKING_METHOD, method);
    return (proxy, called, given) -> call(function, given, all);
  }

  /** The flags with which JNA looks up the function of a method. */
  static int callFlags(Method method, Map<String, ?> options) {
    int flags =
        options.get(Library.OPTION_CALLING_CONVENTION) instanceof Number convention
            ? convention.intValue()
            : Function.C_CONVENTION;
    for (Class<?> thrown : method.getExceptionTypes()) {
      if (LastErrorException.class.isAssignableFrom(thrown)) {
        flags |= Function.THROW_LAST_ERROR;
      }
    }
    return flags;
  }
}
