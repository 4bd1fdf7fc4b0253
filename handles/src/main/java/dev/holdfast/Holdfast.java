package dev.holdfast;

import com.sun.jna.Pointer;
import dev.holdfast.collect.Engine;
import dev.holdfast.jna.NativeRuntime;
import dev.holdfast.stats.Beans;
import dev.holdfast.stats.Figures;
import dev.holdfast.table.HandleException;
import dev.holdfast.table.Status;
import java.util.List;

/**
 * Handles on Java objects for C code.
 *
 * <pre>{@code
 * try (Handle h = Holdfast.handle(person)) {
 *   lib.remember(h);                                // C calls hf_retain if it keeps it
 * }
 * Person back = Holdfast.resolve(bits, Person.class);
 * }</pre>
 *
 * <p><b>What a handle is.</b> 64 bits, in C an {@code hf_ref}, which fits into a {@code void *}.
 * Every object has one handle for its whole life, so two handles are equal exactly if their objects
 * are the same. Java's {@code null} is C's {@code NULL} and 0 here, in both directions; it needs no
 * count, and giving it back does nothing.
 *
 * <p><b>Ownership.</b> A count above zero keeps the object alive. Who takes a count gives it back
 * once: {@link #retain} is answered by one {@link #release} or C's {@code hf_release}, a {@link
 * Handle} that is owned by its {@link Handle#close()}. A handle without a count does not keep its
 * object alive and cannot be resolved; after the object's death it is stale and never names another
 * one.
 *
 * <p><b>With and without the agent.</b> Objects of the classes that the agent's {@code include}
 * selects have mirrors, which C reads without entering the JVM. All other objects have opaque
 * handles, which C holds, counts and gives back. Without the agent all handles are opaque; the rest
 * works the same.
 *
 * <p><b>Threads.</b> Everything in here may be called on any thread. The first call that needs a
 * handle loads the native library, which takes some 100 ms.
 *
 * <p><b>Errors</b> are {@link HoldfastException}s: {@code HF_ENORUNTIME} if the native library
 * cannot be loaded, {@code HF_ESTALE} if the handle's object has died, {@code HF_EUNCOUNTED} if it
 * has no count, {@code HF_EOVERRELEASE} if it is given back once too often, {@code HF_EINVAL} if it
 * is no handle, {@code HF_EFULL} if the arena is full and the object needs a mirror. Wrong use
 * changes nothing but a counter.
 */
public final class Holdfast {
  private static volatile Engine engine;

  private Holdfast() {}

  /**
   * An owned handle on the object; {@code null} for {@code null}, which {@code try} accepts and JNA
   * passes as {@code NULL}.
   */
  public static Handle handle(Object object) {
    return object == null ? null : Handle.owned(retain(object));
  }

  /**
   * Takes a count on the object and answers with its handle, for C code that will give it back.
   *
   * @return 0 for {@code null}
   */
  public static long retain(Object object) {
    if (object == null) {
      return 0;
    }
    Engine running = engine();
    try {
      return running.retain(object);
    } catch (HandleException e) {
      throw new HoldfastException(e);
    }
  }

  /** Gives one count back; does nothing for 0. */
  public static void release(long bits) {
    if (bits == 0) {
      return;
    }
    Engine running = engine();
    try {
      running.release(bits);
    } catch (HandleException e) {
      throw new HoldfastException(e);
    }
  }

  /**
   * The object of a counted handle.
   *
   * @return {@code null} for 0
   * @throws HoldfastException also with {@code HF_ETYPE} if the object is none of {@code type}
   */
  public static <T> T resolve(long bits, Class<T> type) {
    if (bits == 0) {
      return null;
    }
    Engine running = engine();
    Object object;
    try {
      object = running.resolve(bits);
    } catch (HandleException e) {
      throw new HoldfastException(e);
    }
    if (!type.isInstance(object)) {
      throw new HoldfastException(
          Status.ETYPE,
          "handle 0x"
              + Long.toHexString(bits)
              + " names a "
              + object.getClass().getName()
              + ", not a "
              + type.getName());
    }
    return type.cast(object);
  }

  /**
   * {@link #resolve} and, if that came through, {@link #release}: for a count that C hands over.
   */
  public static <T> T take(long bits, Class<T> type) {
    T object = resolve(bits, type);
    release(bits);
    return object;
  }

  /**
   * Brings the object's mirror up to date after writes that no byte code shows: reflection, {@code
   * VarHandle}, {@code Unsafe}. Does nothing for an object without a mirror.
   */
  public static void sync(Object object) {
    Engine running = Engine.current();
    if (running != null && object != null) {
      running.sync(object);
    }
  }

  /**
   * Compares the object's fields with its mirror.
   *
   * @return a sentence for each field that differs; empty if none does, or there is no mirror
   */
  public static List<String> verify(Object object) {
    Engine running = Engine.current();
    return running == null || object == null ? List.of() : running.verify(object);
  }

  /** Whether the object's class was given mirrors; false for {@code null} and without the agent. */
  public static boolean isManaged(Object object) {
    Engine running = Engine.current();
    return running != null && object != null && running.isManaged(object);
  }

  /** Whether the agent runs in this JVM, so that objects of selected classes have mirrors. */
  public static boolean isActive() {
    Engine running = Engine.current();
    return running != null && running.mirrors();
  }

  /** A reading of all counters; all are zero before the first use. */
  public static Figures stats() {
    Engine running = Engine.current();
    return running == null ? Figures.none("not started") : running.figures();
  }

  /**
   * C's {@code hf_release} as a function pointer, for libraries that take a {@code void (*)(void
   * *)} with their user data. It may be called on any thread, attached to the JVM or not, and stays
   * valid until the process ends.
   */
  public static Pointer releaseFunction() {
    return runtime().releaseFunction();
  }

  /** C's {@code hf_retain_ptr}, a {@code void *(*)(void *)} for libraries that copy user data. */
  public static Pointer retainFunction() {
    return runtime().retainFunction();
  }

  static Engine engine() {
    Engine running = engine;
    return running != null ? running : start();
  }

  private static Engine start() {
    Engine running = runtime().engine();
    if (!running.mirrors() && engine == null) {
      Beans.register(running); // with the agent it is the agent that does, when it is safe
    }
    engine = running;
    return running;
  }

  private static NativeRuntime runtime() {
    try {
      return NativeRuntime.start();
    } catch (HandleException e) {
      throw new HoldfastException(e);
    }
  }
}
