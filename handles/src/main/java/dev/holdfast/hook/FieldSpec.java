package dev.holdfast.hook;

/**
 * One mirrored field packed in a long, so that a table of them is a plain {@code long[]}.
 *
 * <pre>
 *  63    57 | 56 resolved | 55 unused | 54 volatile | 53 none | 52 unused | 51..48 kind | 47..24 Java offset | 23..0 mirror offset
 * </pre>
 *
 * Offsets are bytes. {@link #NONE} says that a site's field is not mirrored; 0 means not resolved
 * yet.
 */
public final class FieldSpec {
  public static final long RESOLVED = 1L << 56;
  public static final long VOLATILE = 1L << 54;
  public static final long NONE = RESOLVED | 1L << 53;

  /** How wide the copy is: the kinds that the copying loops know. */
  public static final int BYTE = 0;

  public static final int SHORT = 1;
  public static final int INT = 2;
  public static final int LONG = 3;
  public static final int REFERENCE = 4;
  public static final int ORDINAL = 5;

  /** A reference whose static type says that no target can have a mirror, as of arrays. */
  public static final int UNMIRRORED = 6;

  private FieldSpec() {}

  /**
   * @throws IllegalArgumentException if an offset does not fit 24 bits
   */
  public static long of(int copy, long javaOffset, int mirrorOffset, boolean isVolatile) {
    if (javaOffset >>> 24 != 0 || mirrorOffset >>> 24 != 0) {
      throw new IllegalArgumentException(
          "field offsets " + javaOffset + ", " + mirrorOffset + ": the limit is " + (1 << 24));
    }
    return RESOLVED
        | (isVolatile ? VOLATILE : 0)
        | (long) copy << 48
        | javaOffset << 24
        | mirrorOffset;
  }

  /** Whether the Java field is a reference, whatever the mirror shows of it. */
  public static boolean isReference(long spec) {
    return copy(spec) >= REFERENCE;
  }

  public static int copy(long spec) {
    return (int) (spec >>> 48) & 15;
  }

  public static long javaOffset(long spec) {
    return spec >>> 24 & 0xffffff;
  }

  public static int mirrorOffset(long spec) {
    return (int) spec & 0xffffff;
  }
}
