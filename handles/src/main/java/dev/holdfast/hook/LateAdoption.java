package dev.holdfast.hook;

import java.lang.ref.Reference;
import java.util.ArrayList;
import java.util.List;
import jdk.internal.misc.Unsafe;
import jdk.internal.vm.annotation.DontInline;

/**
 * Adoption of an object that other threads may know: born by reflection or deserialization, leaked
 * by its constructor, or met when it is first given to C. Runs under the one leaf lock, which also
 * every reset of a published pair takes.
 */
final class LateAdoption {
  private static final Unsafe U = Raw.UNSAFE;

  /**
   * The leaf lock: nothing else is locked, allocated in native memory or loaded while it is held.
   */
  static final Object LOCK = new Object();

  private LateAdoption() {}

  /**
   * Gives an object its mirror unless it has one, and queues a repair for each target that has
   * none. On return its mirror may be shown to C.
   *
   * @return false when the arena is full
   */
  @DontInline
  static boolean adopt(Object object, Layout layout) {
    if (!adoptOnly(object, layout)) {
      return false;
    }
    queueUnmirrored(object, layout);
    return true;
  }

  /** {@link #adopt} that leaves it to the caller to see to the targets. */
  private static boolean adoptOnly(Object object, Layout layout) {
    if (References.ready(object, layout) != HandleBits.UNMIRRORED) {
      return true;
    }
    SecondLook.beforeLateAdoption();
    boolean large = layout.slots > HookState.cohortSlots();
    while (true) {
      Cohort own = null;
      if (large) {
        own = HookState.full() ? null : HookState.backend().allotLarge(layout.slots);
        if (own == null) {
          ThreadRecord.current().refused++;
          return false;
        }
      } else if (ThreadRecord.withRoom(layout.slots) == null) {
        return false;
      }
      synchronized (LOCK) {
        // Another adopter that had the lock has finished: a pair that is complete and not ready
        // belongs
        // to one that an Error stopped half-way; nobody was ever shown that handle, so it gets a
        // new one.
        if (References.ready(object, layout) != HandleBits.UNMIRRORED) {
          return true;
        }
        ThreadRecord record = ThreadRecord.current();
        if (large) {
          install(object, layout, own, 0, record);
          U.putLongRelease(null, own.entry + EntryDescriptor.READY, 1);
        } else if (record.next + layout.slots <= record.limit) {
          int slot = record.next;
          record.next = slot + layout.slots;
          install(object, layout, record.open, slot, record);
          record.publish(slot);
        } else {
          continue; // blocked on the lock, a virtual thread came back on another carrier
        }
        record.adoptedLate++;
      }
      return true;
    }
  }

  private static void install(
      Object object, Layout layout, Cohort cohort, int slot, ThreadRecord record) {
    U.putByteOpaque(object, layout.slotOffset, (byte) (slot + 1));
    U.putReferenceOpaque(object, layout.cohortOffset, cohort);
    U.fullFence(); // pairs with the fence of a writer that saw an incomplete pair
    int counter = Section.mark(record.address);
    try {
      long mirror = Section.base(cohort.entry) + ((long) slot << HandleBits.SLOT_SHIFT);
      U.putLong(mirror, layout.typeId);
      for (long spec : layout.fieldSpecs()) {
        Writes.copyUntilEqual(
            object,
            FieldSpec.copy(spec),
            FieldSpec.javaOffset(spec),
            mirror + FieldSpec.mirrorOffset(spec));
      }
      U.putIntRelease(null, mirror + MirrorDescriptor.FLAGS, MirrorDescriptor.READY);
    } finally {
      Section.unmark(record.address, counter);
      Reference.reachabilityFence(object);
      Reference.reachabilityFence(cohort);
    }
  }

  /**
   * After an adoption: reference fields whose targets can have mirrors but are shown as UNMIRRORED.
   */
  @DontInline
  static void queueUnmirrored(Object object, Layout layout) {
    for (long spec : layout.fieldSpecs()) {
      if (FieldSpec.copy(spec) == FieldSpec.REFERENCE) {
        Object target = U.getReference(object, FieldSpec.javaOffset(spec));
        if (target != null && ClassLayouts.of(target.getClass()).managed()) {
          Writes.store(
              object, spec, layout); // stores the handle, or UNMIRRORED and queues a repair
        }
      }
    }
  }

  /**
   * Adopts the target of one queued field and everything that becomes reachable by it, then shows
   * it.
   *
   * @return false when the arena is full: the repair is still to be done
   */
  static boolean repair(References.Repair repair) {
    Object owner = repair.get();
    if (owner == null) {
      return true;
    }
    Object target = U.getReference(owner, FieldSpec.javaOffset(repair.spec));
    if (target != null) {
      Layout layout = ClassLayouts.of(target.getClass());
      if (layout.managed() && !adopt(target, layout)) {
        return false;
      }
    }
    Writes.store(owner, repair.spec, ClassLayouts.of(owner.getClass()));
    return true;
  }

  /**
   * Brings an object's whole mirror up to date and adopts it and, by work list, all managed objects
   * that it reaches through mirrored fields of objects not adopted before.
   *
   * @return false when the arena filled up on the way; what was adopted stays so
   */
  static boolean adoptReachable(Object root, Layout rootLayout) {
    if (!adoptOnly(root, rootLayout)) {
      return false;
    }
    List<Object> reached = new ArrayList<>(List.of(root));
    boolean complete = true;
    for (int i = 0; complete && i < reached.size(); i++) {
      complete = adoptTargets(reached.get(i), reached);
    }
    // Only now does each of them have its handle: what was copied before shows UNMIRRORED.
    for (Object owner : reached) {
      queueUnmirrored(owner, ClassLayouts.of(owner.getClass()));
    }
    return complete;
  }

  /** Adopts the targets of one object that have no mirrors yet, and adds them to the list. */
  private static boolean adoptTargets(Object owner, List<Object> reached) {
    for (long spec : ClassLayouts.of(owner.getClass()).fieldSpecs()) {
      if (FieldSpec.copy(spec) != FieldSpec.REFERENCE) {
        continue;
      }
      Object target = U.getReference(owner, FieldSpec.javaOffset(spec));
      Layout layout = target == null ? null : ClassLayouts.of(target.getClass());
      if (layout != null
          && layout.managed()
          && References.ready(target, layout) == HandleBits.UNMIRRORED) {
        if (!adoptOnly(target, layout)) {
          return false;
        }
        reached.add(target);
      }
    }
    return true;
  }

  /** Heals what reflection or {@code Unsafe} wrote into an adopted object. */
  static void sync(Object object, Layout layout) {
    Healing.begin();
    if (Healing.heal(object, layout)) {
      queueUnmirrored(object, layout);
    }
  }

  /**
   * Exchanges an adopted object's shared token for a private one of the same entry, in one store:
   * whoever loads the pair meanwhile finds it complete, and the same mirror by either.
   *
   * @return the private token that the object has now: another thread may have been faster
   */
  static PrivateCohort makePrivate(Object owner, Layout layout, PrivateCohort fresh) {
    synchronized (LOCK) {
      if (U.getReferenceOpaque(owner, layout.cohortOffset) instanceof PrivateCohort installed) {
        return installed;
      }
      // Release: pairs with the dependency of who finds it, for the fields that are not final.
      U.putReferenceRelease(owner, layout.cohortOffset, fresh);
      return fresh;
    }
  }

  /**
   * Takes a copied pair off a clone: {@code $cohort} first, so that no writer meets a half pair
   * that means something.
   */
  static void reset(Object clone, Layout layout) {
    synchronized (LOCK) {
      U.putReferenceOpaque(clone, layout.cohortOffset, null);
      U.putByteOpaque(clone, layout.slotOffset, (byte) 0);
    }
  }
}
