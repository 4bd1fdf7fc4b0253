package dev.holdfast;

import com.sun.jna.CallbackParameterContext;
import com.sun.jna.FromNativeContext;
import com.sun.jna.FunctionResultContext;
import com.sun.jna.MethodResultContext;
import com.sun.jna.NativeMapped;
import com.sun.jna.Pointer;
import dev.holdfast.collect.SystemThread;
import java.lang.ref.Cleaner;
import java.lang.ref.Reference;

/**
 * A handle as Java code passes it to C and gets it from there through JNA: {@code hf_ref} in C.
 *
 * <p>It is <b>owned</b> or <b>borrowed</b>. An owned one holds one count, which {@link #close()}
 * gives back; a borrowed one relies on somebody else's count, and closing it does nothing. Which it
 * is follows from where it comes from:
 *
 * <table>
 * <caption>Ownership</caption>
 * <tr><th>from</th><th>is</th></tr>
 * <tr><td>{@link Holdfast#handle}</td><td>owned</td></tr>
 * <tr><td>result of a JNA method or function pointer</td>
 *     <td>owned, C hands over a count; borrowed if the method bears {@link Borrowed}</td></tr>
 * <tr><td>parameter of a JNA callback</td>
 *     <td>owned, Java takes a count of its own; C keeps its one. Borrowed if C's handle has no
 *     count, and in callbacks passed to direct-mapped methods, where JNA does not tell them from
 *     the rest</td></tr>
 * <tr><td>{@link HandleByReference#take()}</td><td>owned</td></tr>
 * <tr><td>everything else: struct fields, array elements, {@link
 *     HandleByReference#getValue()}</td><td>borrowed</td></tr>
 * </table>
 *
 * <p>JNA <b>replaces the elements of a {@code Handle[]} argument</b> by borrowed handles after the
 * call: keep those that you own in variables of their own and close these. A struct field keeps the
 * very handle that you have put in, unless C has changed the field. A <b>callback's result</b> is
 * lent to C; to hand over a count, declare the result {@code Pointer} or {@code long} and return
 * {@link Holdfast#retain}, or declare the object's own type in a callback of a library that {@link
 * Holdfast#load} has loaded.
 *
 * <p>Two handles are equal if they name the same object. An owned handle that is lost without
 * {@code close()} is closed some time after the JVM has found it unreachable: a net, not a way to
 * work. Any thread may use a handle; closing it while another thread passes it to C is a race that
 * ends in {@code HF_ESTALE} or {@code HF_EUNCOUNTED} at worst.
 */
public final class Handle implements NativeMapped, AutoCloseable {
  private final long bits;
  private final Cleaner.Cleanable count; // null if borrowed
  private volatile boolean closed;

  /** NULL, borrowed. For JNA, which makes one to ask it for its native type. */
  public Handle() {
    this.bits = 0;
    this.count = null;
  }

  private Handle(long bits, boolean owned) {
    this.bits = bits;
    // The action must not refer to this handle, or it would never be unreachable.
    this.count = owned ? Net.CLEANER.register(this, () -> Holdfast.release(bits)) : null;
  }

  /** Takes over one count. */
  static Handle owned(long bits) {
    return new Handle(bits, true);
  }

  static Handle borrowed(long bits) {
    return new Handle(bits, false);
  }

  /**
   * The handle's bits, C's {@code hf_ref}. They are good for as long as this handle is open and
   * reachable.
   *
   * @throws IllegalStateException after {@link #close()}
   */
  public long bits() {
    if (closed) {
      throw new IllegalStateException("handle 0x" + Long.toHexString(bits) + " is closed");
    }
    return bits;
  }

  /** Whether {@link #close()} gives back a count, or would have if it had not done so already. */
  public boolean isOwned() {
    return count != null;
  }

  /**
   * The object.
   *
   * @return {@code null} for NULL
   * @throws HoldfastException with {@code HF_ESTALE} or {@code HF_EUNCOUNTED} if nothing keeps a
   *     borrowed handle's object, {@code HF_EUNMIRRORED} if C read the handle from a field whose
   *     object has no mirror
   * @throws IllegalStateException after {@link #close()}
   */
  public Object get() {
    return get(Object.class);
  }

  /**
   * The object, as {@link #get()}.
   *
   * @throws HoldfastException also with {@code HF_ETYPE} if the object is none of {@code type}
   */
  public <T> T get(Class<T> type) {
    try {
      return Holdfast.resolve(bits(), type);
    } finally {
      Reference.reachabilityFence(this);
    }
  }

  /**
   * Gives back the count of an owned handle, once; does nothing for a borrowed one.
   *
   * @throws HoldfastException with {@code HF_EOVERRELEASE} or {@code HF_ESTALE} if somebody else
   *     gave this count back before
   */
  @Override
  public void close() {
    if (count != null) {
      closed = true;
      count.clean();
    }
  }

  @Override
  public Class<?> nativeType() {
    return Pointer.class;
  }

  /**
   * What C gets.
   *
   * @return {@code null} for NULL
   * @throws IllegalStateException after {@link #close()}
   */
  @Override
  public Pointer toNative() {
    long value = bits();
    return value == 0 ? null : new Pointer(value);
  }

  /** Called by JNA on some instance of this class; see there for who owns the result. */
  @Override
  public Handle fromNative(Object nativeValue, FromNativeContext context) {
    long value = Pointer.nativeValue((Pointer) nativeValue);
    if (value == 0) {
      return null;
    }
    if (context instanceof FunctionResultContext) {
      return isLent(context) ? borrowed(value) : handedOver(value);
    }
    if (context instanceof CallbackParameterContext) {
      return ofCallback(value);
    }
    return borrowed(value);
  }

  private static boolean isLent(FromNativeContext context) {
    return context instanceof MethodResultContext result
        && result.getMethod().isAnnotationPresent(Borrowed.class);
  }

  /** Without a count there is nothing to hand over: said here, where the function is known. */
  static Handle handedOver(long value) {
    Holdfast.resolve(value, Object.class);
    return owned(value);
  }

  /** A handle that C lends to a callback, counted for Java. */
  static Handle ofCallback(long value) {
    Object object;
    try {
      object = Holdfast.resolve(value, Object.class);
    } catch (HoldfastException e) {
      // The callback must run all the same: whoever uses this handle in there gets the exception.
      return borrowed(value);
    }
    return Holdfast.handle(object);
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Handle handle && handle.bits == bits;
  }

  @Override
  public int hashCode() {
    return Long.hashCode(bits);
  }

  @Override
  public String toString() {
    String state = count == null ? "borrowed" : closed ? "closed" : "owned";
    return "Handle(0x" + Long.toHexString(bits) + ", " + state + ")";
  }

  /** Started with the first owned handle or closure. */
  static final class Net {
    static final Cleaner CLEANER =
        Cleaner.create(task -> SystemThread.of(task, "holdfast-handles"));
  }
}
