package dev.holdfast.hook;

import java.lang.ref.Reference;
import java.util.function.Consumer;
import jdk.internal.misc.Unsafe;

/** What the rest of Holdfast asks and does about the mirrors of single objects. Any thread. */
public final class Mirrors {
  private static final Unsafe U = Raw.UNSAFE;

  private Mirrors() {}

  /** Whether the object's class has mirrors. */
  public static boolean isManaged(Object object) {
    return layoutOf(object).managed();
  }

  public static Layout layoutOf(Object object) {
    return ClassLayouts.of(object.getClass());
  }

  public static Layout layoutOf(Class<?> type) {
    return ClassLayouts.of(type);
  }

  /**
   * The handle of a managed object whose mirror may be shown, else {@link HandleBits#UNMIRRORED}.
   */
  public static long handleOf(Object object) {
    Layout layout = layoutOf(object);
    return layout.managed() ? References.ready(object, layout) : HandleBits.UNMIRRORED;
  }

  /** The token of an object that has one, else null. */
  public static Cohort cohortOf(Object object) {
    Layout layout = layoutOf(object);
    return layout.managed() ? (Cohort) U.getReferenceOpaque(object, layout.cohortOffset) : null;
  }

  /**
   * Adopts a managed object and what it reaches, and brings its own mirror up to date.
   *
   * @return its handle, or {@link HandleBits#UNMIRRORED} when the arena has no room for it
   */
  public static long handOver(Object object) {
    Healing.begin();
    return handOver(object, layoutOf(object));
  }

  /**
   * {@link #handOver(Object)} of all that have mirrors.
   *
   * @param handles is filled in: 0 for null, and for an object of a class that is not managed
   */
  public static void handOver(Object[] objects, long[] handles) {
    Healing.begin();
    Class<?> last = null; // what lies side by side is mostly of one class
    Layout layout = null;
    for (int i = 0; i < handles.length; i++) {
      Object object = objects[i];
      if (object != null && object.getClass() != last) {
        last = object.getClass();
        layout = ClassLayouts.of(last);
      }
      handles[i] = object == null || !layout.managed() ? 0 : handOver(object, layout);
    }
  }

  private static long handOver(Object object, Layout layout) {
    if (References.ready(object, layout) == HandleBits.UNMIRRORED || Healing.heal(object, layout)) {
      LateAdoption.adoptReachable(object, layout);
    }
    return References.ready(object, layout);
  }

  /**
   * Gives a copy that bears its original's hidden fields a mirror of its own.
   *
   * @return its new handle, or {@link HandleBits#UNMIRRORED} when the arena has no room
   */
  public static long part(Object copy) {
    Layout layout = layoutOf(copy);
    LateAdoption.reset(copy, layout);
    LateAdoption.adoptReachable(copy, layout);
    return References.ready(copy, layout);
  }

  /** Stores every mirrored field of an adopted object again; nothing where there is no mirror. */
  public static void sync(Object object) {
    Layout layout = layoutOf(object);
    if (layout.managed()) {
      LateAdoption.sync(object, layout);
    }
  }

  /**
   * Compares an object with its mirror in one write section, so that it cannot move meanwhile.
   *
   * @return bit i set where the i-th mirrored field (of the first 64) differs; 0 for an object
   *     without a mirror
   */
  public static long differences(Object object) {
    Layout layout = layoutOf(object);
    if (!layout.managed() || References.ready(object, layout) == HandleBits.UNMIRRORED) {
      return 0;
    }
    Cohort cohort = (Cohort) U.getReferenceOpaque(object, layout.cohortOffset);
    int slot = U.getByteOpaque(object, layout.slotOffset) - 1;
    long record = ThreadRecord.current().address;
    long different = 0;
    int counter = Section.mark(record);
    try {
      long mirror = Section.base(cohort.entry) + ((long) slot << HandleBits.SLOT_SHIFT);
      long[] specs = layout.fieldSpecs();
      for (int i = 0; i < specs.length; i++) {
        if (!Healing.isShown(object, specs[i], mirror + FieldSpec.mirrorOffset(specs[i]))) {
          different |= 1L << Math.min(i, 63);
        }
      }
      if (U.getLong(mirror) != (layout.typeId | (long) MirrorDescriptor.READY << 32)) {
        different |= 1L << 63;
      }
    } finally {
      Section.unmark(record, counter);
      Reference.reachabilityFence(object);
      Reference.reachabilityFence(cohort);
    }
    return different;
  }

  /**
   * Writes a field that is no reference as if it were volatile, then its mirror.
   *
   * @param bits the value, whose lowest bytes count
   */
  public static void write(Object object, long spec, long bits) {
    long at = FieldSpec.javaOffset(spec);
    switch (FieldSpec.copy(spec)) {
      case FieldSpec.BYTE -> U.putByteVolatile(object, at, (byte) bits);
      case FieldSpec.SHORT -> U.putShortVolatile(object, at, (short) bits);
      case FieldSpec.INT -> U.putIntVolatile(object, at, (int) bits);
      case FieldSpec.LONG -> U.putLongVolatile(object, at, bits);
      default -> throw new IllegalArgumentException("a reference: " + Long.toHexString(spec));
    }
    Writes.store(object, spec, layoutOf(object));
  }

  /** The same for a reference, also to an enum constant; of the field's type, or null. */
  public static void writeReference(Object object, long spec, Object value) {
    U.putReferenceVolatile(object, FieldSpec.javaOffset(spec), value);
    Writes.store(object, spec, layoutOf(object));
  }

  /** The reference that a field holds now. */
  public static Object referenceIn(Object object, long javaOffset) {
    return U.getReferenceVolatile(object, javaOffset);
  }

  /** Offset of a declared instance field in bytes; finds filtered and hidden fields too. */
  public static long offsetOf(Class<?> declaring, String field) {
    return U.objectFieldOffset(declaring, field);
  }

  /**
   * Does queued repairs until the queue is empty.
   *
   * @param most how many at the most
   * @param failed takes what could not be done because the arena is full
   * @return how many were done
   */
  public static int repair(int most, Consumer<Runnable> failed) {
    int done = 0;
    References.Repair repair;
    while (done < most && (repair = References.REPAIRS.poll()) != null) {
      if (!LateAdoption.repair(repair)) {
        failed.accept(repair);
      }
      done++;
    }
    return done;
  }

  public static boolean repairsWaiting() {
    return !References.REPAIRS.isEmpty();
  }
}
