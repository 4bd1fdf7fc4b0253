package dev.holdfast.hook;

import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentLinkedQueue;
import jdk.internal.misc.Unsafe;
import jdk.internal.vm.annotation.DontInline;

/**
 * From a Java reference to what a mirror shows for it: 0 for null, the handle of an adopted object,
 * or {@link HandleBits#UNMIRRORED}. A field that should be looked at again outside the section,
 * because its target may come to have a mirror, is told by {@link #PENDING} in its place.
 *
 * <p>Where a managed object has no mirror yet, a {@link Repair} is queued, always <em>after</em>
 * UNMIRRORED was stored: queued before, the collector could repair the field first and the store
 * would undo it.
 */
final class References {
  /**
   * A field that shows UNMIRRORED though its target can have a mirror. Its owner dies as early as
   * without us: nobody can follow the field then. To run it is to queue it again.
   */
  static final class Repair extends WeakReference<Object> implements Runnable {
    final long spec;

    Repair(Object owner, long spec) {
      super(owner);
      this.spec = spec;
    }

    @Override
    public void run() {
      REPAIRS.add(this);
    }
  }

  /** {@link HandleBits#UNMIRRORED} for now; shown as that. */
  static final long PENDING = HandleBits.UNMIRRORED | 1;

  /** In place of {@link Layout}'s offsets: the static type of the field does not tell them. */
  static final long BY_CLASS = -1;

  private static final Unsafe U = Raw.UNSAFE;
  static final ConcurrentLinkedQueue<Repair> REPAIRS = new ConcurrentLinkedQueue<>();

  private References() {}

  /**
   * In a section: neither blocks nor allocates, so it answers PENDING for a class it has not met.
   */
  static long peek(Object target) {
    if (target == null) {
      return 0;
    }
    Layout layout = ClassLayouts.peek(target.getClass());
    if (layout == null) {
      return PENDING;
    }
    return layout.managed() ? peek(target, layout.offsets()) : HandleBits.UNMIRRORED;
  }

  /**
   * The same where the field's static type tells where the hidden fields of its targets are, which
   * saves the way from the target's class to its layout.
   *
   * @param offsets as {@link Layout#offsets()}, or 0 or less
   */
  static long peek(Object target, long offsets) {
    if (target == null) {
      return 0;
    }
    if (offsets <= 0) {
      return peek(target);
    }
    long handle = ready(target, offsets);
    return handle == HandleBits.UNMIRRORED ? PENDING : handle;
  }

  /** What a mirror shows for an answer of {@link #peek}. */
  static long shown(long peeked) {
    return peeked == PENDING ? HandleBits.UNMIRRORED : peeked;
  }

  /** What a mirror shows where no target can have a mirror. */
  static long shownUnmirrored(Object target) {
    return target == null ? 0 : HandleBits.UNMIRRORED;
  }

  /** The handle of an object of a managed class if its mirror may be shown, else UNMIRRORED. */
  static long ready(Object target, Layout layout) {
    return ready(target, layout.offsets());
  }

  private static long ready(Object target, long offsets) {
    Object cohort = U.getReferenceOpaque(target, Layout.cohortOffset(offsets));
    int slot = U.getByteOpaque(target, Layout.slotOffset(offsets)) - 1;
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
   * Looks again at a reference field that was PENDING, for which UNMIRRORED has been stored;
   * outside any section: an adopted target is stored, one that can be adopted is queued, any other
   * stays as it is.
   */
  @DontInline
  static void pending(Object owner, long spec) {
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
