package dev.holdfast.hook;

import java.lang.ref.Reference;
import jdk.internal.misc.Unsafe;

/**
 * Write-through: after a field of an object was written, its mirror is brought up to date. The
 * field is read again rather than handed over, so one call serves every way of writing.
 */
final class Writes {
  private static final Unsafe U = Raw.UNSAFE;

  private Writes() {}

  /**
   * Copies one field of {@code owner} into its mirror, if it has one.
   *
   * @param spec a {@link FieldSpec} with a kind
   * @param offsets cohortOffset &lt;&lt; 32 | slotOffset
   * @param copy the kind of copy; a constant at each hook, so that the compiler drops the switch
   */
  static void through(Object owner, long spec, long offsets, int copy) {
    Object pair =
        U.getReferenceOpaque(owner, offsets >>> 32); // opaque: a plain load is hoisted out of loops
    int slot = U.getIntOpaque(owner, offsets & 0xffffffffL);
    if (pair == null || slot == 0) {
      U.fullFence(); // pairs with LateAdoption's fence after installing the pair
      pair = U.getReferenceOpaque(owner, offsets >>> 32);
      slot = U.getIntOpaque(owner, offsets & 0xffffffffL);
      if (pair == null || slot == 0) {
        return;
      }
    }
    Cohort cohort = (Cohort) pair;
    long record = ThreadRecord.current().address;
    boolean unmirrored;
    int counter = Section.mark(record);
    try {
      long mirror = Section.base(cohort.entry) + ((slot - 1L) << HandleBits.SLOT_SHIFT);
      unmirrored = copy(owner, spec, mirror, copy);
    } finally {
      Section.unmark(record, counter);
      Reference.reachabilityFence(owner);
      Reference.reachabilityFence(cohort);
    }
    if (unmirrored) {
      References.afterUnmirrored(owner, spec);
    }
  }

  /**
   * {@link #through} for who has not written the field: its writer may write and store meanwhile,
   * so the field is read again after the store, whether it is volatile or not.
   */
  static void store(Object owner, long spec, Layout layout) {
    long offsets = layout.cohortOffset << 32 | layout.slotOffset;
    through(owner, spec | FieldSpec.VOLATILE, offsets, FieldSpec.copy(spec));
  }

  /** In a section. Returns whether UNMIRRORED was stored. */
  private static boolean copy(Object owner, long spec, long mirror, int copy) {
    long from = FieldSpec.javaOffset(spec);
    long to = mirror + FieldSpec.mirrorOffset(spec);
    if ((spec & FieldSpec.VOLATILE) != 0) {
      return copyUntilEqual(owner, copy, from, to);
    }
    switch (copy) {
      case FieldSpec.BYTE -> {
        U.putByteRelease(null, to, U.getByte(owner, from));
        return false;
      }
      case FieldSpec.SHORT -> {
        U.putShortRelease(null, to, U.getShort(owner, from));
        return false;
      }
      case FieldSpec.INT -> {
        U.putIntRelease(null, to, U.getInt(owner, from));
        return false;
      }
      case FieldSpec.LONG -> {
        U.putLongRelease(null, to, U.getLong(owner, from));
        return false;
      }
      case FieldSpec.ORDINAL -> {
        U.putIntRelease(null, to, References.ordinal(U.getReference(owner, from)));
        return false;
      }
      default -> {
        long handle = References.peek(U.getReference(owner, from));
        U.putLongRelease(null, to, handle);
        return handle == HandleBits.UNMIRRORED;
      }
    }
  }

  /**
   * In a section: store, full fence, read the Java field again, until bitwise equal. With this
   * whichever of several racing writers stores last has stored the field's last value (volatile
   * fields), and an adoption cannot miss a write (pairs with the writer's fence in {@link
   * #through}).
   */
  static boolean copyUntilEqual(Object owner, int copy, long from, long to) {
    if (copy >= FieldSpec.REFERENCE) {
      return copyReferenceUntilEqual(owner, copy, from, to);
    }
    long value = readAcquire(owner, copy, from);
    while (true) {
      write(copy, to, value);
      U.fullFence();
      long again = readAcquire(owner, copy, from);
      if (again == value) {
        return false;
      }
      value = again;
    }
  }

  private static boolean copyReferenceUntilEqual(Object owner, int copy, long from, long to) {
    Object target = U.getReferenceAcquire(owner, from);
    while (true) {
      long bits = 0;
      if (copy == FieldSpec.ORDINAL) {
        U.putIntRelease(null, to, References.ordinal(target));
      } else {
        bits = References.peek(target);
        U.putLongRelease(null, to, bits);
      }
      U.fullFence();
      Object again = U.getReferenceAcquire(owner, from);
      if (again == target) {
        return bits == HandleBits.UNMIRRORED;
      }
      target = again;
    }
  }

  private static long readAcquire(Object owner, int copy, long from) {
    switch (copy) {
      case FieldSpec.BYTE -> {
        return U.getByteAcquire(owner, from);
      }
      case FieldSpec.SHORT -> {
        return U.getShortAcquire(owner, from);
      }
      case FieldSpec.INT -> {
        return U.getIntAcquire(owner, from);
      }
      default -> {
        return U.getLongAcquire(owner, from);
      }
    }
  }

  private static void write(int copy, long to, long value) {
    switch (copy) {
      case FieldSpec.BYTE -> U.putByteRelease(null, to, (byte) value);
      case FieldSpec.SHORT -> U.putShortRelease(null, to, (short) value);
      case FieldSpec.INT -> U.putIntRelease(null, to, (int) value);
      default -> U.putLongRelease(null, to, value);
    }
  }
}
