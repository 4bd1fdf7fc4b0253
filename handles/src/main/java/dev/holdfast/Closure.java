package dev.holdfast;

import com.sun.jna.Pointer;

/**
 * A Java method as C libraries take one: a function, its context, and what destroys the context.
 *
 * <pre>{@code
 * interface Listener { int heard(int event, Closure context); }
 *
 * Closure closure = Holdfast.closure(Listener.class, listener);
 * lib.add_listener(closure.function(), closure.context(), closure.destroy());
 * }</pre>
 *
 * <p>The context is the handle of this object, counted once, for C. <b>The function may be called
 * for as long as the context is counted</b>: until C has called {@code destroy(context)}, once for
 * the count that it was given and once for each that it has added by {@link
 * Holdfast#retainFunction()}; also when Java has forgotten the closure and the listener. C may
 * destroy the context while the function runs. If C does not take it after all, call {@link
 * #abandon()}.
 *
 * <p>A call of the function after that is C's mistake: it is reported and answered with 0, or
 * reaches another closure of the same interface; its code is never unmapped. In a listener that
 * takes the context as a {@code Closure} parameter it is this object.
 *
 * <p>Any thread may call the function, also one that the JVM does not know: it is attached as a
 * daemon until it ends.
 *
 * <p><b>When the JVM ends</b> the function may still be called, and the context destroyed, which
 * does nothing then. Once the JVM has ended, a thread that is in the function or calls it stops
 * there for ever, as in any call into a JVM: C must not wait for such a thread, in {@code atexit}
 * say.
 *
 * <p>A C library that was loaded by {@link Holdfast#load} is never unloaded. One that {@code
 * Native.load} has loaded JNA unloads after Java has forgotten its proxy, with its threads and
 * functions: keep the proxy in a static field.
 */
public final class Closure {
  private final Object listener;
  private final Trampoline trampoline;
  private volatile long bits; // 0 while it is being made

  private Closure(Object listener, Trampoline trampoline) {
    this.listener = listener;
    this.trampoline = trampoline;
  }

  static Closure of(Class<?> type, Object listener) {
    Trampoline trampoline = Trampoline.take(type);
    Closure closure = new Closure(listener, trampoline);
    trampoline.lead(closure);
    closure.bits = Holdfast.retain(closure);
    return closure;
  }

  /** C's function pointer: the interface's method, with handles where it names objects. */
  public Pointer function() {
    return trampoline.pointer();
  }

  /** What C passes on as the user data. */
  public Pointer context() {
    return new Pointer(bits);
  }

  /** C's {@code void (*)(void *)} that gives the context back: {@code hf_release}. */
  public Pointer destroy() {
    return Holdfast.releaseFunction();
  }

  /** Gives back the count that C was to take, for when C has refused it. To be called once. */
  public void abandon() {
    Holdfast.release(bits);
  }

  Object listener() {
    return listener;
  }

  @Override
  public String toString() {
    return "Closure(" + trampoline + ", context 0x" + Long.toHexString(bits) + ")";
  }
}
