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

  /** Without the agent: how the line begins that would start it, for C's error messages. */
  static native void hfi_advise(String agentLine);

  static native void hfi_shutdown();

  static native int hfi_move(long moves, int n, int waitMicros, long epochOut);

  static native void hfi_heavy_fence();

  static native long hfi_discard(long address, long bytes);

  /** Calls C's {@code void (*)(void *)}. */
  static native void hfi_destroy(long function, long data);

  /** A place on this thread where what C throws can be thrown on; 0 when out of memory. */
  static native long hfi_frame_begin();

  /** A counted handle of what is to be thrown, or 0. */
  static native long hfi_frame_end(long frame);

  // The debug mode, see RetainRecords.

  static native void hfi_track(int oneIn);

  static native void hfi_track_java(long handle, long stack, int what);

  /** How many records there are; copies up to {@code n} of them. */
  static native long hfi_track_read(Pointer records, long n);

  static native void hfi_track_name(Pointer record, Pointer words, long bytes);

  static native void hfi_track_released(long handle, Pointer words, long bytes);

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
