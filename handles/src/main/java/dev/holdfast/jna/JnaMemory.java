package dev.holdfast.jna;

import com.sun.jna.Pointer;
import dev.holdfast.arena.Memory;
import java.lang.invoke.VarHandle;

/**
 * Native memory for a JVM without the agent, which alone can reach {@code
 * jdk.internal.misc.Unsafe}. Plain accesses go through JNA, ordered ones through libholdfast, where
 * all are sequentially consistent: slow (50-200 ns), and only counts of opaque handles need it.
 */
final class JnaMemory extends Memory {
  @Override
  public long allocate(long bytes) {
    return Hfi.hfi_allocate(bytes);
  }

  /** Zeroed all the same. */
  @Override
  public long allocateRaw(long bytes) {
    return Hfi.hfi_allocate(bytes);
  }

  @Override
  public byte getByte(long address) {
    return new Pointer(address).getByte(0);
  }

  @Override
  public void putByte(long address, byte value) {
    new Pointer(address).setByte(0, value);
  }

  @Override
  public int getInt(long address) {
    return new Pointer(address).getInt(0);
  }

  @Override
  public long getLong(long address) {
    return new Pointer(address).getLong(0);
  }

  @Override
  public int getIntAcquire(long address) {
    return Hfi.hfi_load32(address);
  }

  @Override
  public long getLongAcquire(long address) {
    return Hfi.hfi_load64(address);
  }

  @Override
  public void putInt(long address, int value) {
    new Pointer(address).setInt(0, value);
  }

  @Override
  public void putLong(long address, long value) {
    new Pointer(address).setLong(0, value);
  }

  @Override
  public void putIntRelease(long address, int value) {
    Hfi.hfi_store32(address, value);
  }

  @Override
  public void putLongRelease(long address, long value) {
    Hfi.hfi_store64(address, value);
  }

  @Override
  public boolean compareAndSetInt(long address, int expected, int value) {
    return Hfi.hfi_cas32(address, expected, value) != 0;
  }

  @Override
  public boolean compareAndSetLong(long address, long expected, long value) {
    return Hfi.hfi_cas64(address, expected, value) != 0;
  }

  @Override
  public int getAndSetInt(long address, int value) {
    return Hfi.hfi_exchange32(address, value);
  }

  @Override
  public long getAndSetLong(long address, long value) {
    return Hfi.hfi_exchange64(address, value);
  }

  @Override
  public void fullFence() {
    VarHandle.fullFence();
  }
}
