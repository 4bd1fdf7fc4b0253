package dev.holdfast.arena;

import java.nio.charset.StandardCharsets;

/**
 * Access to native memory by address. All methods may be called by any thread; none checks an
 * address.
 */
public abstract class Memory {
  /** What {@link #allocate} aligns to: a cache line. */
  public static final int ALIGNMENT = 64;

  /**
   * Zeroed memory, 64-aligned, for ever.
   *
   * @return its address, or 0 when there is none
   */
  public abstract long allocate(long bytes);

  /** Memory as the allocator gives it (not zeroed), 64-aligned, for ever; 0 when there is none. */
  public abstract long allocateRaw(long bytes);

  public abstract byte getByte(long address);

  public abstract void putByte(long address, byte value);

  public abstract int getInt(long address);

  public abstract long getLong(long address);

  public abstract void putInt(long address, int value);

  public abstract void putLong(long address, long value);

  public abstract int getIntAcquire(long address);

  public abstract long getLongAcquire(long address);

  public abstract void putIntRelease(long address, int value);

  public abstract void putLongRelease(long address, long value);

  /** Sequentially consistent. */
  public abstract boolean compareAndSetInt(long address, int expected, int value);

  /** Sequentially consistent. */
  public abstract boolean compareAndSetLong(long address, long expected, long value);

  /** Sequentially consistent. */
  public abstract int getAndSetInt(long address, int value);

  /** Sequentially consistent. */
  public abstract long getAndSetLong(long address, long value);

  public abstract void fullFence();

  /**
   * A NUL-terminated UTF-8 copy of a text, for ever.
   *
   * @throws OutOfMemoryError when there is no native memory
   */
  public final long allocateText(String text) {
    byte[] bytes = text.getBytes(StandardCharsets.UTF_8);
    long address = allocateOrThrow(bytes.length + 1L);
    for (int i = 0; i < bytes.length; i++) {
      putByte(address + i, bytes[i]);
    }
    return address;
  }

  /**
   * {@link #allocate} for what cannot be done without.
   *
   * @throws OutOfMemoryError when there is no native memory
   */
  public final long allocateOrThrow(long bytes) {
    long address = allocate(bytes);
    if (address == 0) {
      throw new OutOfMemoryError("holdfast: no native memory for " + bytes + " bytes");
    }
    return address;
  }
}
