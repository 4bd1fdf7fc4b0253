package dev.holdfast.hook;

/**
 * The bits of a handle.
 *
 * <pre>
 *  63 | 62 | 61 .. 56   | 55 | 54 .. 39   | 38 ...... 9 | 8 .. 3 | 2 1 0
 *   0 |  1 | stamp high |  1 | stamp low  | entry index | slot   | 0 0 0
 * </pre>
 *
 * Stamp 0 is never used, so {@link #UNMIRRORED} equals no handle.
 */
public final class HandleBits {
  public static final long TAG = 1L << 62 | 1L << 55;

  /** What a mirror shows for a non-null reference to an object that has no mirror. */
  public static final long UNMIRRORED = TAG;

  /** The greatest stamp; an entry that reaches it is never used again. */
  public static final int STAMP_MAX = (1 << 22) - 1;

  public static final int SLOTS = 64;
  public static final int SLOT_BYTES = 16;
  public static final int SLOT_SHIFT = 4;

  /** Entry indexes are below this. */
  public static final int INDEX_LIMIT = 1 << 26;

  private static final long SHAPE_MASK = 1L << 63 | 1L << 62 | 1L << 55 | 7L;

  private static final long SLOT_MASK = 63L << 3;

  private HandleBits() {}

  public static long of(int stamp, int index, int slot) {
    return TAG
        | (long) (stamp >>> 16) << 56
        | (long) (stamp & 0xffff) << 39
        | (long) index << 9
        | (long) slot << 3;
  }

  /** Whether the fixed bits are those of a handle; says nothing about the entry. */
  public static boolean isShaped(long handle) {
    return (handle & SHAPE_MASK) == TAG && index(handle) < INDEX_LIMIT && stamp(handle) != 0;
  }

  public static int stamp(long handle) {
    return (int) (handle >>> 56 & 0x3f) << 16 | (int) (handle >>> 39 & 0xffff);
  }

  /** The entry's index, 30 bits: compare with {@link #INDEX_LIMIT} before use. */
  public static int index(long handle) {
    return (int) (handle >>> 9) & 0x3fffffff;
  }

  public static int slot(long handle) {
    return (int) (handle >>> 3) & 63;
  }

  /** Whether both name objects of one cohort: all but their slots is equal. */
  public static boolean isSameEntry(long one, long other) {
    return ((one ^ other) & ~SLOT_MASK) == 0;
  }
}
