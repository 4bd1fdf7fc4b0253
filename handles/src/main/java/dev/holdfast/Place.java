package dev.holdfast;

import java.lang.reflect.Method;
import java.lang.reflect.Parameter;

/**
 * A parameter or the result of a bound method, as errors name it.
 *
 * @param index of the parameter, {@link #RESULT} for the result
 */
record Place(Method method, int index) {
  static final int RESULT = -1;

  static Place result(Method method) {
    return new Place(method, RESULT);
  }

  Class<?> type() {
    return index == RESULT ? method.getReturnType() : method.getParameterTypes()[index];
  }

  /** Whether the reference stays with whoever gets it from Java through here. */
  boolean isRetained() {
    return index != RESULT && method.getParameters()[index].isAnnotationPresent(Retained.class);
  }

  boolean isBorrowed() {
    return index == RESULT && method.isAnnotationPresent(Borrowed.class);
  }

  /** That the mapping cannot be: said when it is made. */
  IllegalArgumentException refuse(String why) {
    return new IllegalArgumentException(this + ": " + why);
  }

  /** What went wrong at a call, with the place in front. */
  HoldfastException at(HoldfastException e) {
    return e.at(toString());
  }

  /** {@code People.remember}. */
  static String name(Method method) {
    return method.getDeclaringClass().getSimpleName() + "." + method.getName();
  }

  /** {@code People.remember, parameter 1 (Person who)}. */
  @Override
  public String toString() {
    String where = name(method);
    if (index == RESULT) {
      return where + ", result (" + type().getSimpleName() + ")";
    }
    Parameter parameter = method.getParameters()[index];
    String name = parameter.isNamePresent() ? " " + parameter.getName() : "";
    return where + ", parameter " + (index + 1) + " (" + type().getSimpleName() + name + ")";
  }
}
