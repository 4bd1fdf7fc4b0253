package dev.holdfast.hook;

import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import jdk.internal.access.JavaLangAccess;
import jdk.internal.access.SharedSecrets;

/**
 * The platform thread that runs the caller, also where the caller is a virtual thread (JDK 21 and
 * later).
 */
final class Carrier {
  private static final MethodHandle CURRENT_CARRIER = find();
  private static final Class<?> VIRTUAL = CURRENT_CARRIER == null ? null : virtualClass();

  private Carrier() {}

  static Thread current() {
    Thread thread = Thread.currentThread();
    return VIRTUAL != null && VIRTUAL.isInstance(thread) ? carrier(thread) : thread;
  }

  private static Thread carrier(Thread virtual) {
    try {
      return (Thread) CURRENT_CARRIER.invokeExact();
    } catch (Throwable e) {
      return virtual;
    }
  }

  private static MethodHandle find() {
    try {
      return MethodHandles.lookup()
          .findVirtual(
              JavaLangAccess.class, "currentCarrierThread", MethodType.methodType(Thread.class))
          .bindTo(SharedSecrets.getJavaLangAccess());
    } catch (ReflectiveOperationException | LinkageError e) {
      return null; // before 21: no virtual threads
    }
  }

  private static Class<?> virtualClass() {
    try {
      return Class.forName("java.lang.BaseVirtualThread");
    } catch (ClassNotFoundException e) {
      return null;
    }
  }
}
