package dev.holdfast.hook;

/**
 * A cohort's line in the native table ({@code struct hfi_entry}): 64 bytes, 64-aligned, never
 * freed.
 *
 * <pre>
 *   0 +-------------------------------+
 *     | base (16-aligned) | MOVING    |  0 for an opaque or free entry
 *   8 +-------------------------------+
 *     | ready: bit i, object at slot i|
 *  16 +---------------+---------------+
 *     | stamp         | state         |
 *  24 +---------------+---------------+
 *     | counts (address, 0 = none)    |  once set never changes, stays across reuse
 *  32 +-------------------------------+
 *     | the count word of an opaque   |
 *  40 +---------------+---------------+
 *     | queued        | next          |  release queue; left as they are at recycling
 *  48 +---------------+---------------+
 *     | pins          | bytes         |
 *  56 +---------------+---------------+
 *     | the handle whose slot is 0    |  while it lives and has mirrors, else 0
 *  64 +-------------------------------+
 * </pre>
 */
public final class EntryDescriptor {
  public static final int BASE = 0;
  public static final int READY = 8;
  public static final int STAMP = 16;
  public static final int STATE = 20;
  public static final int COUNTS = 24;
  public static final int INLINE_COUNT = 32;
  public static final int QUEUED = 40;
  public static final int NEXT = 44;
  public static final int PINS = 48;
  public static final int BYTES = 52;
  public static final int FIRST = 56;
  public static final int SIZE = 64;

  /** Bit of {@link #BASE}: a mover is copying this cohort. */
  public static final long MOVING = 1;

  public static final int FREE = 0;
  public static final int NURSERY = 1;
  public static final int OLD = 2;
  public static final int OPAQUE = 3;
  public static final int RETIRED = 4;

  private EntryDescriptor() {}
}
