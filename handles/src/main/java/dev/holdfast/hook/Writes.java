package dev.holdfast.hook;

import java.lang.ref.Reference;
import jdk.internal.misc.Unsafe;
import jdk.internal.vm.annotation.DontInline;

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
   * @param offsets of the owner's hidden fields ({@link Layout#offsets()})
   * @param copy the kind of copy, of references any of theirs; a constant at each hook, so that the
   *     compiler drops the switch
   * @param targets for references: as {@link References#peek(Object, long)} takes it
   */
  static void through(Object owner, long spec, long offsets, int copy, long targets) {
    // Opaque: a plain load is hoisted out of loops.
    Object pair = U.getReferenceOpaque(owner, Layout.cohortOffset(offsets));
    int slot = U.getByteOpaque(owner, Layout.slotOffset(offsets));
    if (pair == null || slot == 0) {
      if (!SecondLook.isNeeded()) {
        return;
      }
      U.fullFence(); // pairs with LateAdoption's fence after installing the pair
      pair = U.getReferenceOpaque(owner, Layout.cohortOffset(offsets));
      slot = U.getByteOpaque(owner, Layout.slotOffset(offsets));
      if (pair == null || slot == 0) {
        return;
      }
    }
    Cohort cohort = (Cohort) pair;
    long record = ThreadRecord.current().address;
    boolean pending;
    int counter = Section.mark(record);
    try {
      long mirror = Section.base(cohort.entry) + ((slot - 1L) << HandleBits.SLOT_SHIFT);
      pending = copy(owner, spec, mirror, copy, targets);
    } finally {
      Section.unmark(record, counter);
      Reference.reachabilityFence(owner);
      Reference.reachabilityFence(cohort);
    }
    if (pending) {
      References.pending(owner, spec);
    }
  }

  /**
   * {@link #through} for who has not written the field: its writer may write and store meanwhile,
   * so the field is read again after the store, whether it is volatile or not.
   */
  static void store(Object owner, long spec, Layout layout) {
    int copy = FieldSpec.copy(spec);
    through(owner, spec | FieldSpec.VOLATILE, layout.offsets(), copy, References.BY_CLASS);
  }

  /** In a section. Returns whether the field is pending. */
  private static boolean copy(Object owner, long spec, long mirror, int copy, long targets) {
    long from = FieldSpec.javaOffset(spec);
    long to = mirror + FieldSpec.mirrorOffset(spec);
    if ((spec & FieldSpec.VOLATILE) != 0) {
      return copyUntilEqual(owner, FieldSpec.copy(spec), from, to); // its fence costs more
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
      default -> {
        return copyReference(U.getReference(owner, from), FieldSpec.copy(spec), to, targets);
      }
    }
  }

  /** In a section: shows a reference as the field's kind of copy does. Returns as {@link #copy}. */
  static boolean copyReference(Object target, int copy, long to, long targets) {
    if (copy == FieldSpec.REFERENCE) {
      long handle = References.peek(target, targets);
      U.putLongRelease(null, to, References.shown(handle));
      return handle == References.PENDING;
    }
    if (copy == FieldSpec.ORDINAL) {
      U.putIntRelease(null, to, References.ordinal(target));
    } else {
      U.putLongRelease(null, to, References.shownUnmirrored(target));
    }
    return false;
  }

  /**
   * In a section: store, full fence, read the Java field again, until bitwise equal. With this
   * whichever of several racing writers stores last has stored the field's last value (volatile
   * fields), and an adoption cannot miss a write (pairs with the writer's fence in {@link
   * #through}).
   */
  @DontInline
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
      boolean pending = copyReference(target, copy, to, References.BY_CLASS);
      U.fullFence();
      Object again = U.getReferenceAcquire(owner, from);
      if (again == target) {
        return pending;
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
