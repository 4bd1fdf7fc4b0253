package dev.holdfast.call;

import dev.holdfast.table.HandleException;
import dev.holdfast.table.Status;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.reflect.Constructor;
import java.lang.reflect.Executable;
import java.lang.reflect.Method;
import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;

/** Finds what C may call: what the class declares or inherits, unless it is private. */
final class MethodSearch {
  private static final MethodHandles.Lookup LOOKUP = MethodHandles.lookup();
  private static final String CONSTRUCTOR = "<init>";

  private final Class<?> type;
  private final String name;
  private final String descriptor;
  private String refused;

  MethodSearch(Class<?> type, String name, String descriptor) {
    this.type = type;
    this.name = name;
    this.descriptor = descriptor;
  }

  /**
   * A handle of what is found, with its receiver as first parameter if it has one.
   *
   * @throws HandleException ENOMETHOD
   */
  Found find() {
    Found found = name.equals(CONSTRUCTOR) ? constructor() : method();
    if (found == null) {
      throw new HandleException(
          Status.ENOMETHOD,
          type.getName()
              + (refused == null ? " has no method " : ": may not be called, " + refused + ": ")
              + name
              + descriptor);
    }
    return found;
  }

  /**
   * @param receiver what the object must be an instance of; null if there is none
   */
  record Found(MethodHandle handle, Class<?> receiver, boolean constructs) {}

  private Found constructor() {
    if (Modifier.isAbstract(type.getModifiers())) {
      refused = "an abstract class or interface";
      return null;
    }
    for (Constructor<?> made : type.getDeclaredConstructors()) {
      if (descriptorOf(void.class, made).equals(descriptor) && isCallable(made)) {
        try {
          return new Found(LOOKUP.unreflectConstructor(made).asFixedArity(), null, true);
        } catch (IllegalAccessException e) {
          refused = e.getMessage();
        }
      }
    }
    return null;
  }

  /**
   * The nearest declaration decides whether it may be called at all. Where its class is closed to
   * us, an overridden one further up leads to the same code.
   */
  private Found method() {
    boolean nearest = true;
    for (Method declared : candidates()) {
      if (nearest && Modifier.isPrivate(declared.getModifiers())) {
        refused = "it is private";
        return null;
      }
      boolean isStatic = Modifier.isStatic(declared.getModifiers());
      if ((nearest || !isStatic) && isCallable(declared)) {
        try {
          return new Found(
              LOOKUP.unreflect(declared).asFixedArity(),
              isStatic ? null : declared.getDeclaringClass(),
              false);
        } catch (IllegalAccessException e) {
          refused = e.getMessage();
        }
      }
      if (isStatic) {
        return null;
      }
      nearest = false;
    }
    return null;
  }

  private boolean isCallable(Executable executable) {
    int modifiers = executable.getModifiers();
    if (Modifier.isPrivate(modifiers)) {
      refused = "it is private";
      return false;
    }
    Class<?> declaring = executable.getDeclaringClass();
    boolean open =
        Modifier.isPublic(modifiers)
            && Modifier.isPublic(declaring.getModifiers())
            && declaring.getModule().isExported(declaring.getPackageName());
    if (!open && !executable.trySetAccessible()) {
      refused = "not public in an open package";
      return false;
    }
    return true;
  }

  private List<Method> candidates() {
    List<Method> found = new ArrayList<>();
    for (Class<?> declaring : lineage()) {
      for (Method method : declaring.getDeclaredMethods()) {
        boolean inherited = declaring != type;
        boolean lost =
            inherited
                && (Modifier.isPrivate(method.getModifiers())
                    || (declaring.isInterface() && Modifier.isStatic(method.getModifiers())));
        if (!lost
            && method.getName().equals(name)
            && descriptorOf(method.getReturnType(), method).equals(descriptor)) {
          found.add(method);
        }
      }
    }
    return found;
  }

  /** The class and its superclasses, then all interfaces, then Object for an interface. */
  private Set<Class<?>> lineage() {
    Set<Class<?>> lineage = new LinkedHashSet<>();
    for (Class<?> at = type; at != null; at = at.getSuperclass()) {
      lineage.add(at);
    }
    for (Class<?> at : List.copyOf(lineage)) {
      addInterfaces(at, lineage);
    }
    lineage.add(Object.class);
    return lineage;
  }

  private static void addInterfaces(Class<?> type, Set<Class<?>> lineage) {
    for (Class<?> above : type.getInterfaces()) {
      if (lineage.add(above)) {
        addInterfaces(above, lineage);
      }
    }
  }

  private static String descriptorOf(Class<?> result, Executable executable) {
    return MethodType.methodType(result, executable.getParameterTypes()).descriptorString();
  }
}
