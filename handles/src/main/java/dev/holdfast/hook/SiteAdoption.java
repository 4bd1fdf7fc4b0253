package dev.holdfast.hook;

import jdk.internal.misc.Unsafe;
import jdk.internal.vm.annotation.DontInline;

/**
 * Adoption at the allocation site, for classes with clean constructors: the object is still private
 * to its thread, so no atomic operation is needed.
 */
final class SiteAdoption {
  private static final Unsafe U = Raw.UNSAFE;
  private static final long READY_FLAG = (long) MirrorDescriptor.READY << 32;

  private SiteAdoption() {}

  @DontInline
  static void adopt(Object object, Layout layout) {
    ThreadRecord record = ThreadRecord.current();
    if (layout.tenured) {
      record = record.tenured();
    }
    if (record.next + layout.slots > record.limit) {
      if (layout.slots > HookState.cohortSlots()) {
        LateAdoption.adopt(object, layout);
        return;
      }
      if (record.atSamplePoint() && sample(object, layout)) {
        return;
      }
      record = ThreadRecord.withRoom(layout.slots, layout.tenured);
      if (record == null) {
        return; // the arena is full: the object stays unmirrored
      }
    }
    int slot = record.next;
    record.next = slot + layout.slots;
    Cohort cohort = record.open; // which keeps it alive until it is in the object
    boolean pending;
    int counter = Section.mark(record.address);
    try {
      long mirror = Section.base(cohort.entry) + ((long) slot << HandleBits.SLOT_SHIFT);
      pending = fill(object, layout, mirror);
    } finally {
      Section.unmark(record.address, counter);
    }
    record.publish(slot);
    record.adoptedAtSite++;
    U.putByte(object, layout.slotOffset, (byte) (slot + 1));
    U.putReference(object, layout.cohortOffset, cohort);
    U.storeStoreFence(); // pairs with the dependency of who finds the object by racing publication
    if (pending) {
      LateAdoption.queueUnmirrored(object, layout);
    }
  }

  /**
   * Adopts the object in a cohort of its own, which tells of its death.
   *
   * @return false when its site wants no sample now, or the arena is full
   */
  @DontInline
  private static boolean sample(Object object, Layout layout) {
    AllocationSite site = layout.site;
    if (site == null || !site.wantsSample() || HookState.full()) {
      return false;
    }
    Cohort own = HookState.backend().allotSample(layout.slots, site);
    if (own == null) {
      return false;
    }
    ThreadRecord record = ThreadRecord.current(); // a virtual thread may have changed its carrier
    boolean pending;
    int counter = Section.mark(record.address);
    try {
      pending = fill(object, layout, Section.base(own.entry));
    } finally {
      Section.unmark(record.address, counter);
    }
    U.putLongRelease(null, own.entry + EntryDescriptor.READY, 1);
    record.adoptedAtSite++;
    U.putByte(object, layout.slotOffset, (byte) 1);
    U.putReference(object, layout.cohortOffset, own);
    U.storeStoreFence(); // as above
    if (pending) {
      LateAdoption.queueUnmirrored(object, layout);
    }
    return true;
  }

  /**
   * In a section, object private, mirror not shown: plain stores, ordered by the ready bit's
   * release.
   */
  private static boolean fill(Object object, Layout layout, long mirror) {
    boolean pending = false;
    for (long spec : layout.fieldSpecs()) {
      long from = FieldSpec.javaOffset(spec);
      long to = mirror + FieldSpec.mirrorOffset(spec);
      switch (FieldSpec.copy(spec)) {
        case FieldSpec.BYTE -> U.putByte(to, U.getByte(object, from));
        case FieldSpec.SHORT -> U.putShort(to, U.getShort(object, from));
        case FieldSpec.INT -> U.putInt(to, U.getInt(object, from));
        case FieldSpec.LONG -> U.putLong(to, U.getLong(object, from));
        default ->
            pending |=
                Writes.copyReference(
                    U.getReference(object, from), FieldSpec.copy(spec), to, References.BY_CLASS);
      }
    }
    U.putLong(mirror, layout.typeId | READY_FLAG);
    return pending;
  }
}
