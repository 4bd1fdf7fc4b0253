package dev.holdfast.hook;

import java.lang.ref.WeakReference;

/**
 * What the hooks need to know of one class: where its hidden fields are and which fields to copy
 * where. Immutable but for {@link #tenured}; refers to its class weakly.
 */
public final class Layout {
  private final WeakReference<Class<?>> type;

  /** Native type id, 0 where the class is not managed. */
  public final int typeId;

  /** Bytes of a mirror, header included. */
  public final int size;

  /** Slots of 16 bytes that a mirror takes. */
  public final int slots;

  public final long cohortOffset;
  public final long slotOffset;
  private final long offsets;
  private final long[] fields;

  /** Every constructor of the chain is known not to leak {@code this}. */
  public final boolean clean;

  /** The allocation site that this is for, null where it is for all of the class. */
  final AllocationSite site;

  /**
   * Objects of the site go to old space at once. Written by the collector's thread, read plainly:
   * an old value costs a move or some room.
   */
  boolean tenured;

  /** Binary name, for messages. */
  public final String name;

  public Layout(
      Class<?> type,
      int typeId,
      int size,
      long cohortOffset,
      long slotOffset,
      long[] fields,
      boolean clean) {
    this.type = new WeakReference<>(type);
    this.typeId = typeId;
    this.size = size;
    this.slots = (size + HandleBits.SLOT_BYTES - 1) >> HandleBits.SLOT_SHIFT;
    this.cohortOffset = cohortOffset;
    this.slotOffset = slotOffset;
    this.offsets = cohortOffset << 32 | slotOffset;
    this.fields = fields.clone();
    this.clean = clean;
    this.site = null;
    this.name = type.getName();
  }

  private Layout(Layout of, AllocationSite site) {
    this.type = of.type;
    this.typeId = of.typeId;
    this.size = of.size;
    this.slots = of.slots;
    this.cohortOffset = of.cohortOffset;
    this.slotOffset = of.slotOffset;
    this.offsets = of.offsets;
    this.fields = of.fields;
    this.clean = of.clean;
    this.name = of.name;
    this.site = site;
  }

  /** The same, for one of the places where such objects are made. */
  Layout at(AllocationSite place) {
    return new Layout(this, place);
  }

  /** The layout of a class that has no mirrors. */
  public static Layout unmanaged(Class<?> type) {
    return new Layout(type, 0, 0, 0, 0, new long[0], false);
  }

  /**
   * Where the hidden fields are, the same for all classes below one topmost managed class: the
   * offset of {@code $cohort} in the high half, of {@code $slot} in the low. Greater than 0 if
   * managed.
   */
  public long offsets() {
    return offsets;
  }

  static long cohortOffset(long offsets) {
    return offsets >>> 32;
  }

  static long slotOffset(long offsets) {
    return offsets & 0xffffffffL;
  }

  public boolean managed() {
    return typeId != 0;
  }

  boolean describes(Class<?> candidate) {
    return type.refersTo(candidate);
  }

  /** Null once the class is unloaded. */
  Class<?> type() {
    return type.get();
  }

  /** Shared, not to be written. */
  @SuppressWarnings("EI_EXPOSE_REP")
  long[] fieldSpecs() {
    return fields;
  }

  /** The spec of each mirrored field, superclass's first ({@link FieldSpec}). */
  public long fieldSpec(int index) {
    return fields[index];
  }

  public int fieldCount() {
    return fields.length;
  }
}
