package dev.holdfast;

import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.ptr.ByReference;

/**
 * C's {@code hf_ref *}: a place in native memory that a function fills, or reads and changes.
 *
 * <pre>{@code
 * HandleByReference out = new HandleByReference();
 * if (lib.find("x", out) == 0) {
 *   try (Handle found = out.take()) { ... }
 * }
 * }</pre>
 *
 * Not for several threads at once.
 */
public final class HandleByReference extends ByReference {
  /** Keeps what was put in open for as long as C may read it from here. */
  private Handle put;

  /** A place that holds NULL. */
  public HandleByReference() {
    this(null);
  }

  /** A place that holds the handle, lent to C; it stays with its owner. */
  public HandleByReference(Handle handle) {
    super(Native.POINTER_SIZE);
    setValue(handle);
  }

  /** Puts the handle there, lent to C; it stays with its owner. */
  public void setValue(Handle handle) {
    getPointer().setPointer(0, handle == null ? null : handle.toNative());
    put = handle;
  }

  /**
   * The handle that is there, borrowed: the very one that was put in, unless C has changed it.
   *
   * @return {@code null} for NULL
   */
  public Handle getValue() {
    long bits = bits();
    if (bits == 0) {
      return null;
    }
    return put != null && put.equals(Handle.borrowed(bits)) ? put : Handle.borrowed(bits);
  }

  /**
   * The handle that is there, with a count that C has handed over with it, and leaves NULL.
   *
   * @return an owned handle, or {@code null} for NULL
   * @throws HoldfastException with {@code HF_EUNCOUNTED} or {@code HF_ESTALE} if there is no count
   *     to hand over; the handle stays there
   */
  public Handle take() {
    long bits = bits();
    if (bits == 0) {
      return null;
    }
    Handle taken = Handle.handedOver(bits);
    setValue(null);
    return taken;
  }

  private long bits() {
    return Pointer.nativeValue(getPointer().getPointer(0));
  }
}
