package dev.holdfast.arena;

import jdk.internal.misc.Unsafe;

/** {@link Memory} over the JDK's internal Unsafe, which the agent can reach. */
public final class UnsafeMemory extends Memory {
  private static final Unsafe U = Unsafe.getUnsafe();

  @Override
  public long allocate(long bytes) {
    long address = allocateRaw(bytes);
    if (address != 0) {
      U.setMemory(address, bytes, (byte) 0);
    }
    return address;
  }

  @Override
  public long allocateRaw(long bytes) {
    try {
      return (U.allocateMemory(bytes + ALIGNMENT) + ALIGNMENT - 1) & -ALIGNMENT;
    } catch (OutOfMemoryError e) {
      return 0;
    }
  }

  @Override
  public byte getByte(long address) {
    return U.getByte(address);
  }

  @Override
  public void putByte(long address, byte value) {
    U.putByte(address, value);
  }

  @Override
  public int getInt(long address) {
    return U.getInt(address);
  }

  @Override
  public long getLong(long address) {
    return U.getLong(address);
  }

  @Override
  public void putInt(long address, int value) {
    U.putInt(address, value);
  }

  @Override
  public void putLong(long address, long value) {
    U.putLong(address, value);
  }

  @Override
  public int getIntAcquire(long address) {
    return U.getIntAcquire(null, address);
  }

  @Override
  public long getLongAcquire(long address) {
    return U.getLongAcquire(null, address);
  }

  @Override
  public void putIntRelease(long address, int value) {
    U.putIntRelease(null, address, value);
  }

  @Override
  public void putLongRelease(long address, long value) {
    U.putLongRelease(null, address, value);
  }

  @Override
  public boolean compareAndSetInt(long address, int expected, int value) {
    return U.compareAndSetInt(null, address, expected, value);
  }

  @Override
  public boolean compareAndSetLong(long address, long expected, long value) {
    return U.compareAndSetLong(null, address, expected, value);
  }

  @Override
  public int getAndSetInt(long address, int value) {
    return U.getAndSetInt(null, address, value);
  }

  @Override
  public long getAndSetLong(long address, long value) {
    return U.getAndSetLong(null, address, value);
  }

  @Override
  public void fullFence() {
    U.fullFence();
  }
}
