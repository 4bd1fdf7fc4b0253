package dev.holdfast.layout;

/**
 * One field's place in the mirrors of a class and of all its subclasses.
 *
 * @param declaringClass binary name of the class that declares it
 * @param depth of the declaring class: 0 for the topmost managed class
 * @param name as in the class file
 * @param descriptor JVM descriptor
 * @param kind what it is in the mirror
 * @param offset in bytes from the mirror's start
 * @param flags {@link #FINAL} and {@link #VOLATILE}
 * @param fingerprint of the layout up to and including this field
 */
public record FieldPlan(
    String declaringClass,
    int depth,
    String name,
    String descriptor,
    FieldKind kind,
    int offset,
    int flags,
    long fingerprint) {
  public static final int FINAL = 1;
  public static final int VOLATILE = 2;

  private static final int CHECK_SHIFT = 32;
  private static final int KIND_SHIFT = 24;

  /**
   * The field's {@code hf_field}: a constant that is the same for all class loaders, subclasses and
   * later versions that append fields.
   *
   * <pre>
   *  63 .......................... 32 | 31 ... 24 | 23 ......... 0
   *   check of the prefix fingerprint |   kind    | offset in bytes
   * </pre>
   */
  public long hfField() {
    return (long) Fingerprint.check(fingerprint) << CHECK_SHIFT
        | (long) kind.code() << KIND_SHIFT
        | offset;
  }

  /** First byte behind the field. */
  public int end() {
    return offset + kind.size();
  }

  public boolean isFinal() {
    return (flags & FINAL) != 0;
  }

  public boolean isVolatile() {
    return (flags & VOLATILE) != 0;
  }
}
