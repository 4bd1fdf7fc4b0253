package dev.holdfast.collect;

import dev.holdfast.arena.Chunk;
import dev.holdfast.arena.Memory;
import dev.holdfast.hook.EntryDescriptor;
import dev.holdfast.hook.HandleBits;
import dev.holdfast.hook.MirrorDescriptor;
import dev.holdfast.hook.Mirrors;
import dev.holdfast.layout.FieldKind;
import dev.holdfast.layout.FieldPlan;
import dev.holdfast.layout.LayoutPlan;
import dev.holdfast.layout.Layouts;
import dev.holdfast.space.CohortRef;
import dev.holdfast.table.Counts;
import dev.holdfast.table.EntryTable;
import dev.holdfast.table.Owner;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * Walks all structures and tells which invariants do not hold. Runs on the collector's thread, so
 * nothing moves meanwhile.
 */
final class Validation implements Runnable {
  private static final long PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(1);

  private final EntryTable table;
  private final Memory memory;
  private final Counts counts;
  private final Layouts layouts;
  private final Spaces spaces;
  private final List<String> broken = new ArrayList<>();

  /** A release in C is two steps, between which its thread may be suspended for a while. */
  private int pauses = 500;

  Validation(EntryTable table, Counts counts, Layouts layouts, Spaces spaces) {
    this.table = table;
    this.memory = table.memory();
    this.counts = counts;
    this.layouts = layouts;
    this.spaces = spaces;
  }

  List<String> broken() {
    return broken;
  }

  @Override
  public void run() {
    for (int index = 0; index < table.limit(); index++) {
      Owner owner = table.owner(index);
      if (owner == null) {
        continue;
      }
      if (owner instanceof CohortRef ref && !ref.dead()) {
        cohort(ref);
      }
      List<String> roots = roots(owner);
      while (!roots.isEmpty() && pauses > 0) {
        pauses--;
        LockSupport.parkNanos(PAUSE_NANOS);
        counts.drain();
        roots = roots(owner);
      }
      broken.addAll(roots);
    }
    spaces.chunks().forEach(this::chunk);
  }

  private void cohort(CohortRef ref) {
    String name = "entry " + ref.index();
    long base = memory.getLongAcquire(ref.entry() + EntryDescriptor.BASE);
    int state = memory.getIntAcquire(ref.entry() + EntryDescriptor.STATE);
    expect((base & EntryDescriptor.MOVING) == 0, name + ": MOVING outside a move");
    expect(
        ref.chunk().contains(base),
        name + ": base 0x" + Long.toHexString(base) + " outside its chunk");
    expect(
        state == (spaces.isOld(ref.chunk()) ? EntryDescriptor.OLD : EntryDescriptor.NURSERY),
        name + ": state " + state + " is not that of its chunk's space");
    expect(
        ref.stamp() == memory.getIntAcquire(ref.entry() + EntryDescriptor.STAMP),
        name + ": stamp of a living cohort differs from its entry's");
    expect(
        HandleBits.of(ref.stamp(), ref.index(), 0)
            == memory.getLongAcquire(ref.entry() + EntryDescriptor.FIRST),
        name + ": first handle of a living cohort differs from its entry's");
    expect(
        ref.bytes() == memory.getInt(ref.entry() + EntryDescriptor.BYTES),
        name + ": bytes differ from its entry's");
    int free = 0;
    long ready = memory.getLongAcquire(ref.entry() + EntryDescriptor.READY);
    for (; ready != 0; ready &= ready - 1) {
      int slot = Long.numberOfTrailingZeros(ready);
      expect(slot >= free, name + ": mirrors overlap at slot " + slot);
      free = slot + mirror(name, slot, base + 16L * slot);
      expect(16 * free <= ref.bytes(), name + ": slot " + slot + " reaches past the cohort");
    }
  }

  private int mirror(String name, int slot, long at) {
    LayoutPlan plan = layouts.plan(memory.getInt(at));
    if (plan == null) {
      broken.add(name + ": slot " + slot + " has no type (" + memory.getInt(at) + ")");
      return 1;
    }
    expect(
        memory.getInt(at + MirrorDescriptor.FLAGS) == MirrorDescriptor.READY,
        name + ": slot " + slot + " is ready in the entry but not in its header");
    for (FieldPlan field : plan.fields()) {
      if (field.kind() == FieldKind.REFERENCE) {
        long handle = memory.getLong(at + field.offset());
        expect(
            handle == 0 || handle == HandleBits.UNMIRRORED || HandleBits.isShaped(handle),
            name + ": slot " + slot + ": " + field.name() + " holds 0x" + Long.toHexString(handle));
      }
    }
    return plan.slots();
  }

  private List<String> roots(Owner owner) {
    List<String> wrong = new ArrayList<>();
    Object[] roots = owner.roots();
    long words = memory.getLongAcquire(owner.entry() + EntryDescriptor.COUNTS);
    boolean queued = memory.getIntAcquire(owner.entry() + EntryDescriptor.QUEUED) != 0;
    int slots = owner instanceof CohortRef ? HandleBits.SLOTS : 1;
    for (int slot = 0; words != 0 && slot < slots; slot++) {
      Object root = roots == null ? null : roots[slot];
      long word = memory.getLongAcquire(words + 8L * slot);
      long count = (int) (word >>> 32) == owner.stamp() ? word & Counts.SATURATED : 0;
      String name = "entry " + owner.index() + " slot " + slot;
      if (count > 0 && root == null) {
        wrong.add(name + ": count " + count + " but not held");
      }
      if (count == 0 && root != null && !queued) {
        wrong.add(name + ": held with count 0 and not on the release queue");
      }
      if (root != null
          && owner instanceof CohortRef
          && Mirrors.handleOf(root) != HandleBits.of(owner.stamp(), owner.index(), slot)) {
        wrong.add(name + ": holds an object with another handle");
      }
    }
    return wrong;
  }

  private void chunk(Chunk chunk) {
    long residents = 0;
    for (Chunk.Resident resident : spaces.residents(chunk)) {
      residents += resident.bytes();
    }
    expect(
        residents <= chunk.live() && chunk.live() <= chunk.filled(),
        "chunk 0x"
            + Long.toHexString(chunk.address())
            + ": residents "
            + residents
            + ", live "
            + chunk.live()
            + ", filled "
            + chunk.filled());
  }

  private void expect(boolean holds, String otherwise) {
    if (!holds) {
      broken.add(otherwise);
    }
  }
}
