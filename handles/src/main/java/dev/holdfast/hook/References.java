package dev.holdfast.hook;

import java.util.concurrent.ConcurrentLinkedQueue;
import jdk.internal.misc.Unsafe;

/**
 * From a Java reference to what a mirror shows for it: 0 for null, the handle of an adopted object,
 * or {@link HandleBits#UNMIRRORED}.
 *
 * <p>Where a managed object has no mirror yet, a {@link Repair} is queued, always <em>after</em>
 * UNMIRRORED was stored: queued before, the collector could repair the field first and the store
 * would undo it.
 */
final class References {
  /** A field that shows UNMIRRORED though its target can have a mirror. */
  record Repair(Object owner, long spec) {}

  private static final Unsafe U = Raw.UNSAFE;
  static final ConcurrentLinkedQueue<Repair> REPAIRS = new ConcurrentLinkedQueue<>();

  private References() {}

  /**
   * In a section: neither blocks nor allocates, so it answers UNMIRRORED for a class it has not
   * met.
   */
  static long peek(Object target) {
    if (target == null) {
      return 0;
    }
    Layout layout = ClassLayouts.peek(target.getClass());
    return layout == null || !layout.managed() ? HandleBits.UNMIRRORED : ready(target, layout);
  }

  /** The handle of an object of a managed class if its mirror may be shown, else UNMIRRORED. */
  static long ready(Object target, Layout layout) {
    Object cohort = U.getReferenceOpaque(target, layout.cohortOffset);
    int slot = U.getIntOpaque(target, layout.slotOffset) - 1;
    if (cohort == null || slot < 0) {
      return HandleBits.UNMIRRORED;
    }
    Cohort token = (Cohort) cohort;
    long bits = U.getLongAcquire(null, token.entry + EntryDescriptor.READY);
    return (bits >>> slot & 1) != 0 ? token.handle(slot) : HandleBits.UNMIRRORED;
  }

  @SuppressWarnings("EnumOrdinal") // the ordinal is what a mirror shows of an enum
  static int ordinal(Object constant) {
    return constant == null ? -1 : ((Enum<?>) constant).ordinal();
  }

  /**
   * Looks again at a reference field for which UNMIRRORED has just been stored, outside any
   * section: an adopted target is stored, one that can be adopted is queued, any other stays as it
   * is.
   */
  static void afterUnmirrored(Object owner, long spec) {
    Object target = U.getReference(owner, FieldSpec.javaOffset(spec));
    if (target == null) {
      return;
    }
    Layout layout = ClassLayouts.of(target.getClass());
    if (!layout.managed()) {
      return;
    }
    if (ready(target, layout) == HandleBits.UNMIRRORED) {
      REPAIRS.add(new Repair(owner, spec));
    } else {
      Writes.store(owner, spec, ClassLayouts.of(owner.getClass()));
    }
  }
}
