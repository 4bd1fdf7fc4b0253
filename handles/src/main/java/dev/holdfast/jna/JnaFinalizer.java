package dev.holdfast.jna;

import com.sun.jna.Native;
import dev.holdfast.stats.Log;
import java.lang.ref.Reference;
import java.lang.reflect.Field;
import jdk.internal.misc.Unsafe;

/**
 * JNA's one object with a finalizer, which disposes of JNA when its class loader is unloaded. With
 * the agent that is the system class loader or one above it, which never are: it waits for nothing.
 *
 * <p>But ZGC without generations, when it meets the JVM's {@code Finalizer} of such an object
 * before the object itself, marks all that the object reaches, through its class loader all of
 * Holdfast, and there takes phantom references for strong ones: no death of a cohort is told then.
 * So that Finalizer leaves the JVM's list, as if it had run. It is not cleared: ZGC takes it for
 * granted that one in the list refers to something.
 *
 * <p>Never initialised in library mode, where Unsafe is out of reach and there are no cohorts.
 */
final class JnaFinalizer {
  /** From here on ZGC always has generations; it keeps no cohort for this reason. */
  private static final int GENERATIONS_SINCE = 24;

  private static final Unsafe U = Unsafe.getUnsafe();

  private JnaFinalizer() {}

  /** Once JNA is initialised. Where the JVM is of another make, nothing changes. */
  static void remove() {
    // ZGC has no references of 4 bytes; to ask for its name would load java.management.
    if (Unsafe.ARRAY_OBJECT_INDEX_SCALE == Long.BYTES
        && Runtime.version().feature() < GENERATIONS_SINCE) {
      try {
        remove(read(Native.class.getDeclaredField("finalizer")));
      } catch (ReflectiveOperationException | RuntimeException | LinkageError e) {
        Log.debug("JNA's finalizer stays: " + e);
      }
    }
  }

  @SuppressWarnings("unchecked")
  private static void remove(Object finalizable) throws ReflectiveOperationException {
    Class<?> type = Class.forName("java.lang.ref.Finalizer");
    Field first = type.getDeclaredField("unfinalized");
    long next = U.objectFieldOffset(type.getDeclaredField("next"));
    long previous = U.objectFieldOffset(type.getDeclaredField("prev"));
    synchronized (read(type.getDeclaredField("lock"))) {
      Object found = read(first);
      while (found != null && !((Reference<Object>) found).refersTo(finalizable)) {
        found = U.getReference(found, next);
      }
      if (found != null) {
        unlink(found, first, next, previous);
      }
    }
  }

  /** What {@code Finalizer.runFinalizer} does before it runs one. */
  private static void unlink(Object finalizer, Field first, long next, long previous) {
    Object after = U.getReference(finalizer, next);
    Object before = U.getReference(finalizer, previous);
    if (before == null) {
      U.putReference(U.staticFieldBase(first), U.staticFieldOffset(first), after);
    } else {
      U.putReference(before, next, after);
    }
    if (after != null) {
      U.putReference(after, previous, before);
    }
    U.putReference(finalizer, previous, null);
    U.putReference(finalizer, next, finalizer); // it has run
  }

  private static Object read(Field field) {
    return U.getReference(U.staticFieldBase(field), U.staticFieldOffset(field));
  }
}
