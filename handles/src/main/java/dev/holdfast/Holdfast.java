package dev.holdfast;

import static java.util.stream.Collectors.joining;

import com.sun.jna.Library;
import com.sun.jna.Pointer;
import dev.holdfast.collect.Engine;
import dev.holdfast.jna.AgentLine;
import dev.holdfast.jna.NativeRuntime;
import dev.holdfast.stats.Beans;
import dev.holdfast.stats.Figures;
import dev.holdfast.table.HandleException;
import dev.holdfast.table.Status;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

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
 * handles, which C holds, counts and gives back. Without the agent ("library mode") all handles are
 * opaque; the rest works the same. A program that cannot do without mirrors says so by {@link
 * #requireMirrors}, and C's generated headers do by their {@code FILE_init()}: both name the line
 * that starts the agent.
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
    return cast(bits, object, type);
  }

  /**
   * {@link #take} where C has handed over the count: given back also if the object is of another
   * type, because nobody else could.
   */
  static <T> T takeAs(long bits, Class<T> type) {
    return cast(bits, take(bits, Object.class), type);
  }

  private static <T> T cast(long bits, Object object, Class<T> type) {
    if (object != null && !type.isInstance(object)) {
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

  /**
   * For a program whose C code reads mirrors: throws unless objects of these classes have them.
   *
   * @throws HoldfastException with {@code HF_EUNMANAGED} and, where the agent does not run, the
   *     {@code -javaagent} argument to start the JVM with
   */
  public static void requireMirrors(Class<?>... types) {
    Engine running = engine();
    for (Class<?> type : types) {
      if (!running.isManagedClass(type)) {
        throw new HoldfastException(
            Status.EUNMANAGED,
            type.getName()
                + " has no mirrors: "
                + (running.mirrors()
                    ? "add it to the agent's include="
                    : "the agent does not run, add "
                        + AgentLine.untilPatterns()
                        + Arrays.stream(types).map(Class::getName).collect(joining(":"))));
      }
    }
  }

  /**
   * Whether the agent runs in this JVM, so that objects of selected classes have mirrors. It does
   * not where its late start failed and the program goes on without it ({@code onfailure=off}).
   */
  public static boolean isActive() {
    Engine running = Engine.current();
    return running != null && running.isActive();
  }

  /** A reading of all counters; all are zero before the first use. */
  public static Figures stats() {
    Engine running = Engine.current();
    return running == null ? Figures.none("not started") : running.figures();
  }

  /**
   * A C library, mapped by an interface as JNA's {@code Native.load} does it, whose methods may
   * name objects:
   *
   * <pre>{@code
   * interface People extends Library {
   *   void remember(@Retained Person who);           // C keeps it, and calls hf_release one day
   *   int compare(Person a, Object b);               // lent: counted for the length of the call
   *   Person oldest();                               // C gives its count away
   *   @Borrowed Person youngest();                   // C keeps its count
   *   void each(Visitor visitor, Pointer context);   // a callback's parameters are lent to Java,
   *   interface Visitor extends Callback {           // its result is given to C, with a count
   *     Person visit(Person who, Pointer context);
   *   }
   * }
   * }</pre>
   *
   * <p>An object is any type that JNA does not know itself, a class, a record, an interface, {@code
   * Object}; in C it is an {@code hf_ref} or {@code void *}. An array of objects is an array of
   * handles with a NULL behind; elements that C changes are looked up when it returns. Of a
   * variable number of arguments each goes by what it is: a {@code String} is text, a {@code
   * Person} a handle. {@link Handle}, {@link HandleByReference}, structures and all that JNA knows
   * pass as ever. <b>Not passed</b> are objects and callbacks that name objects in a structure's
   * fields: declare a {@link Handle} there, and a {@code Pointer} for {@link Closure#function()};
   * and arrays of callbacks or of arrays.
   *
   * <p>A callback may be called for as long as Java keeps its object, as JNA has it. What a
   * callback throws goes to JNA's handler, and C gets 0.
   *
   * <p>The runtime is started first, so that the library's {@code hf_init} finds it. The library is
   * never unloaded, because C may keep objects after Java has forgotten the proxy. Errors of a call
   * are {@link HoldfastException}s that name the method and the parameter; what JNA refuses and
   * closed handles are named so too.
   *
   * @throws IllegalArgumentException if the interface names what cannot be passed; it says where
   * @throws UnsatisfiedLinkError if the library cannot be loaded
   */
  public static <T extends Library> T load(String name, Class<T> type) {
    return load(name, type, Map.of());
  }

  /** As {@link #load(String, Class)}, with options that {@code Native.load} takes. */
  public static <T extends Library> T load(String name, Class<T> type, Map<String, ?> options) {
    engine();
    return LibraryBinding.load(name, type, options);
  }

  /**
   * A Java method for a C library that keeps it, with a context and a function that destroys the
   * context: it may be called for as long as C counts the context. See {@link Closure}.
   *
   * @param type an interface with one method, of {@link #load}'s types and JNA's simple ones; it
   *     need not be a JNA {@code Callback}: {@code Comparator} has a C function's shape too
   * @throws IllegalArgumentException if the interface's method is none that C can call; it says why
   */
  public static <T> Closure closure(Class<T> type, T listener) {
    if (listener == null) {
      throw new IllegalArgumentException("no " + type.getName() + ": the listener is null");
    }
    if (!type.isInstance(listener)) {
      throw new IllegalArgumentException(
          "no " + type.getName() + ": the listener is a " + listener.getClass().getName());
    }
    engine();
    return Closure.of(type, listener);
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

  /**
   * Calls C, and throws what C has made by {@code hf_throw} until it came back; its result is
   * dropped then. The call must end on the thread that it began on, so {@code call} is one native
   * call and nothing that a virtual thread could wait in.
   *
   * <pre>{@code
   * int rows = Holdfast.calling(() -> lib.import_rows(handle));
   * }</pre>
   *
   * <p>Methods of {@link #load} are called this way. What is thrown may be a checked exception,
   * which this method does not declare; where a method of {@code load} does not, its caller gets an
   * {@code UndeclaredThrowableException}.
   */
  public static <T> T calling(Supplier<T> call) {
    NativeRuntime runtime = runtime();
    long frame = runtime.beginCall();
    T result;
    try {
      result = call.get();
    } catch (Throwable t) {
      Throwable thrown = runtime.endCall(frame);
      if (thrown != null) {
        t.addSuppressed(thrown);
      }
      throw t;
    }
    Throwable thrown = runtime.endCall(frame);
    if (thrown != null) {
      Holdfast.<RuntimeException>throwUnchecked(thrown);
    }
    return result;
  }

  @SuppressWarnings("unchecked")
  private static <E extends Throwable> void throwUnchecked(Throwable thrown) throws E {
    throw (E) thrown;
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
