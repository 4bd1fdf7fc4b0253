package dev.holdfast.hook;

import java.lang.ref.Reference;
import jdk.internal.misc.Unsafe;

/**
 * Brings the whole mirror of an adopted object up to date, in one section, for writes that no hook
 * has seen. Most objects are handed over again and again with mirrors that are right: so it
 * compares, and stores only what differs. See the package page.
 */
final class Healing {
  private static final Unsafe U = Raw.UNSAFE;

  private Healing() {}

  /**
   * What this thread has written until now comes before the looks at pairs and mirrors that follow:
   * pairs with the fence between a store in a mirror, by whoever makes it, and the next look at the
   * field.
   */
  static void begin() {
    U.fullFence();
  }

  /**
   * After {@link #begin}, with no code of the application between: stores the fields in which an
   * object and its mirror differ; nothing where there is no mirror.
   *
   * @return whether a reference is shown as UNMIRRORED whose target may have, or come to have, a
   *     mirror
   */
  static boolean heal(Object owner, Layout layout) {
    Object pair = U.getReferenceOpaque(owner, layout.cohortOffset);
    int slot = U.getByteOpaque(owner, layout.slotOffset);
    if (pair == null || slot == 0) {
      return false;
    }
    Cohort cohort = (Cohort) pair;
    long record = ThreadRecord.current().address;
    boolean unmirrored = false;
    int counter = Section.mark(record);
    try {
      long mirror = Section.base(cohort.entry) + ((slot - 1L) << HandleBits.SLOT_SHIFT);
      for (long spec : layout.fieldSpecs()) {
        int copy = FieldSpec.copy(spec);
        long at = mirror + FieldSpec.mirrorOffset(spec);
        if (!isShown(owner, spec, at)) {
          Writes.copyUntilEqual(owner, copy, FieldSpec.javaOffset(spec), at);
        }
        unmirrored |= copy == FieldSpec.REFERENCE && U.getLong(at) == HandleBits.UNMIRRORED;
      }
    } finally {
      Section.unmark(record, counter);
      Reference.reachabilityFence(owner);
      Reference.reachabilityFence(cohort);
    }
    return unmirrored;
  }

  /** In a section: whether a field and its place in the mirror are equal. */
  static boolean isShown(Object object, long spec, long at) {
    long from = FieldSpec.javaOffset(spec);
    switch (FieldSpec.copy(spec)) {
      case FieldSpec.BYTE -> {
        return U.getByte(object, from) == U.getByte(at);
      }
      case FieldSpec.SHORT -> {
        return U.getShort(object, from) == U.getShort(at);
      }
      case FieldSpec.INT -> {
        return U.getInt(object, from) == U.getInt(at);
      }
      case FieldSpec.LONG -> {
        return U.getLong(object, from) == U.getLong(at);
      }
      case FieldSpec.ORDINAL -> {
        return References.ordinal(U.getReference(object, from)) == U.getInt(at);
      }
      default -> {
        return References.shown(References.peek(U.getReference(object, from))) == U.getLong(at);
      }
    }
  }
}
