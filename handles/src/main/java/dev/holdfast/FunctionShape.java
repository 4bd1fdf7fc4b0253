package dev.holdfast;

import com.sun.jna.Callback;
import com.sun.jna.TypeMapper;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.lang.reflect.Parameter;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;

/** The one method of an interface that stands for a C function. */
final class FunctionShape {
  private FunctionShape() {}

  /**
   * The interface's only abstract method, or of several the one that is named {@code callback}, as
   * JNA has it.
   *
   * @throws IllegalArgumentException if there is no such method
   */
  static Method methodOf(Class<?> type) {
    List<Method> abstracts = new ArrayList<>();
    for (Method method : type.getMethods()) {
      if (Modifier.isAbstract(method.getModifiers()) && !isObjects(method)) {
        abstracts.add(method);
      }
    }
    if (abstracts.size() > 1) {
      abstracts.removeIf(method -> isInheritedTwice(method, abstracts));
    }
    if (abstracts.size() > 1) {
      abstracts.removeIf(method -> !method.getName().equals(Callback.METHOD_NAME));
    }
    if (!type.isInterface() || abstracts.size() != 1) {
      throw new IllegalArgumentException(
          type.getName() + " is no interface with one method, so C cannot call it");
    }
    return abstracts.get(0);
  }

  /** Whether a method before it, of another superinterface, is the same. */
  private static boolean isInheritedTwice(Method method, List<Method> all) {
    return all.subList(0, all.indexOf(method)).stream().anyMatch(of -> isSame(of, method));
  }

  /** {@code Comparator} declares {@code equals} again. */
  private static boolean isObjects(Method method) {
    return Arrays.stream(Object.class.getMethods()).anyMatch(of -> isSame(of, method));
  }

  private static boolean isSame(Method a, Method b) {
    return a.getName().equals(b.getName())
        && Arrays.equals(a.getParameterTypes(), b.getParameterTypes());
  }

  /** Whether JNA alone could not pass this callback. */
  static boolean namesObjects(Class<?> callback, TypeMapper mapper) {
    return namesObjects(callback, mapper, new HashSet<>());
  }

  /**
   * @param seen interfaces that were asked already: one may name itself
   */
  private static boolean namesObjects(Class<?> callback, TypeMapper mapper, Set<Class<?>> seen) {
    Class<?> type = callbackInterface(callback);
    if (type == null || type == Callback.class || !seen.add(type)) {
      return false;
    }
    Method method;
    try {
      method = methodOf(type);
    } catch (IllegalArgumentException e) {
      return false; // JNA says what is wrong with it
    }
    return isObject(method.getReturnType(), mapper, seen)
        || Arrays.stream(method.getParameters()).anyMatch(FunctionShape::isRetained)
        || Arrays.stream(method.getParameterTypes()).anyMatch(p -> isObject(p, mapper, seen));
  }

  /** JNA does not tell a {@link Handle} that it is. */
  private static boolean isRetained(Parameter parameter) {
    return parameter.isAnnotationPresent(Retained.class);
  }

  private static boolean isObject(Class<?> type, TypeMapper mapper, Set<Class<?>> seen) {
    if (Callback.class.isAssignableFrom(type)) {
      return namesObjects(type, mapper, seen);
    }
    Passing passing = Passing.of(type, mapper);
    return passing == Passing.OBJECT || passing == Passing.OBJECTS;
  }

  /** The interface that a callback class implements and C knows; null if there is none. */
  static Class<?> callbackInterface(Class<?> type) {
    if (type.isInterface()) {
      return type;
    }
    for (Class<?> at = type; at != null; at = at.getSuperclass()) {
      for (Class<?> one : at.getInterfaces()) {
        if (Callback.class.isAssignableFrom(one)) {
          return one;
        }
      }
    }
    return null;
  }
}
