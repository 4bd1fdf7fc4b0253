package dev.holdfast.jna;

import com.sun.jna.Callback;
import com.sun.jna.Pointer;

/**
 * The functions of libholdfast that Java calls, mapped directly: one native method for each. An
 * address is a {@code long}. None may be called before {@link NativeRuntime} has registered this
 * class; each may be called on any thread.
 */
final class Hfi {
  /** The internal ABI that these declarations are written for. */
  static final int ABI = 1;

  private Hfi() {}

  static native int hfi_abi();

  /** 1 = membarrier registered, 0 = writers need fences, negative = why it failed. */
  static native int hfi_attach(long runtimeBlock, Pointer upcalls);

  static native void hfi_shutdown();

  static native int hfi_move(long moves, int n, int waitMicros, long epochOut);

  static native void hfi_heavy_fence();

  // Memory: each access is sequentially consistent.

  static native long hfi_allocate(long bytes);

  static native int hfi_load32(long address);

  static native long hfi_load64(long address);

  static native void hfi_store32(long address, int value);

  static native void hfi_store64(long address, long value);

  /**
   * Stores the callback's function pointer. Unlike {@code CallbackReference.getFunctionPointer},
   * JNA gives a direct mapped function a trampoline that calls the Java method without reflection:
   * a call takes half the time, 0.4 us.
   */
  static native void hfi_store64(Pointer address, Callback callback);

  static native int hfi_cas32(long address, int expected, int value);

  static native int hfi_cas64(long address, long expected, long value);

  static native int hfi_exchange32(long address, int value);

  static native long hfi_exchange64(long address, long value);
}
