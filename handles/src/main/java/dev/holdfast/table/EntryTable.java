package dev.holdfast.table;

import dev.holdfast.arena.Memory;
import dev.holdfast.arena.RuntimeBlock;
import dev.holdfast.hook.EntryDescriptor;
import dev.holdfast.hook.HandleBits;
import java.util.concurrent.atomic.AtomicReferenceArray;

/** The entries: segments of native memory, which of them are free, and the Java owner of each. */
public final class EntryTable {
  private static final int SEGMENT_SHIFT = 14;
  private static final int SEGMENT = 1 << SEGMENT_SHIFT;
  private static final int COUNTS_SLAB = 128;

  private final RuntimeBlock block;
  private final Memory memory;
  private final long[] segments = new long[RuntimeBlock.SEGMENTS];
  private final AtomicReferenceArray<AtomicReferenceArray<Owner>> owners =
      new AtomicReferenceArray<>(RuntimeBlock.SEGMENTS);

  /** Entries keep their kind for life, because their counts pointer never changes. */
  private final IntStack free = new IntStack();

  private final IntStack freeOpaque = new IntStack();
  private final VacatedList retiredOpaque = new VacatedList();
  private int used;
  private long slab;
  private int slabLeft;

  public EntryTable(RuntimeBlock block) {
    this.block = block;
    this.memory = block.memory();
  }

  /** Address of an entry that has been handed out. */
  public long address(int index) {
    return segments[index >>> SEGMENT_SHIFT] + (long) (index & SEGMENT - 1) * EntryDescriptor.SIZE;
  }

  /**
   * The index of an unused entry for a cohort, or -1 when memory or the 2^26 entries are used up.
   */
  public synchronized int take() {
    return free.isEmpty() ? extend(free) : free.pop();
  }

  /** The index of an unused entry for an opaque handle, its one count word in place; or -1. */
  public synchronized int takeOpaque() {
    if (!freeOpaque.isEmpty()) {
      return freeOpaque.pop();
    }
    int index = extend(freeOpaque);
    if (index >= 0) {
      long entry = address(index);
      memory.putLongRelease(entry + EntryDescriptor.COUNTS, entry + EntryDescriptor.INLINE_COUNT);
    }
    return index;
  }

  /** Leaves all as it was when memory is used up, Java's too. */
  private int extend(IntStack home) {
    if (used == HandleBits.INDEX_LIMIT) {
      return -1;
    }
    int number = used >>> SEGMENT_SHIFT;
    if (segments[number] == 0) {
      if (owners.get(number) == null) {
        owners.set(number, new AtomicReferenceArray<>(SEGMENT));
      }
      long segment = memory.allocate((long) SEGMENT * EntryDescriptor.SIZE);
      if (segment == 0) {
        return -1;
      }
      segments[number] = segment;
      block.setSegment(number, segment);
    }
    home.promise(); // so that recycle allocates nothing
    int index = used++;
    memory.putIntRelease(address(index) + EntryDescriptor.STAMP, 1);
    block.setEntriesLimit(used);
    return index;
  }

  public int stamp(int index) {
    return memory.getIntAcquire(address(index) + EntryDescriptor.STAMP);
  }

  /** The handle of an entry's first slot, of its last owner when it is retired. */
  public long firstHandle(int index) {
    Owner owner = owner(index);
    return HandleBits.of(owner == null ? stamp(index) - 1 : owner.stamp(), index, 0);
  }

  public void setOwner(int index, Owner owner) {
    owners.get(index >>> SEGMENT_SHIFT).set(index & SEGMENT - 1, owner);
  }

  /** The owner of an entry, null while it is free or retired, or when there is no such entry. */
  public Owner owner(int index) {
    if (index < 0 || index >= HandleBits.INDEX_LIMIT) {
      return null;
    }
    AtomicReferenceArray<Owner> segment = owners.get(index >>> SEGMENT_SHIFT);
    return segment == null ? null : segment.get(index & SEGMENT - 1);
  }

  /**
   * The owner that a handle names.
   *
   * @throws HandleException ENULL for 0, EUNMIRRORED, EINVAL for what never was a handle, ESTALE
   *     when its entry has another owner or none
   */
  public Owner ownerOf(long handle) {
    if (handle == 0) {
      throw new HandleException(Status.ENULL, "NULL is no handle");
    }
    if (handle == HandleBits.UNMIRRORED) {
      throw new HandleException(Status.EUNMIRRORED, "HF_UNMIRRORED is no handle");
    }
    int index = HandleBits.index(handle);
    if (!HandleBits.isShaped(handle) || owners.get(index >>> SEGMENT_SHIFT) == null) {
      throw new HandleException(Status.EINVAL, "0x" + Long.toHexString(handle) + " is no handle");
    }
    Owner owner = owner(index);
    if (owner == null || owner.stamp() != HandleBits.stamp(handle)) {
      throw new HandleException(
          Status.ESTALE, "0x" + Long.toHexString(handle) + ": its object has died");
    }
    return owner;
  }

  /**
   * Ends the use of an entry: its handles are stale from now on. After a grace period the caller
   * gives it to {@link #recycle}; opaque entries are kept for {@link #takeRetiredOpaque}.
   */
  public void retire(Owner owner) {
    int index = owner.index();
    setOwner(index, null);
    long entry = address(index);
    // The state first: hf_unpin of a pin that outlived its object sees the new stamp, and then why.
    memory.putIntRelease(entry + EntryDescriptor.STATE, EntryDescriptor.RETIRED);
    memory.putIntRelease(entry + EntryDescriptor.STAMP, owner.stamp() + 1);
    // After the stamp: who finds no mirror by this asks the stamp why.
    memory.putLongRelease(entry + EntryDescriptor.FIRST, 0);
    if (owner instanceof OpaqueOwner opaque) {
      synchronized (this) {
        retiredOpaque.add(opaque);
      }
    }
  }

  /**
   * Adds the opaque entries that were retired since the last call; the caller sees to the grace
   * period.
   */
  public synchronized void takeRetiredOpaque(VacatedList to) {
    to.addAll(retiredOpaque);
  }

  /** The grace period of a retired entry is over. Allocates nothing. */
  public void recycle(int index) {
    long entry = address(index);
    memory.putLong(entry + EntryDescriptor.BASE, 0);
    memory.putLong(entry + EntryDescriptor.READY, 0);
    memory.putLong(entry + EntryDescriptor.FIRST, 0);
    if (memory.getInt(entry + EntryDescriptor.STAMP) > HandleBits.STAMP_MAX) {
      return; // its stamp would wrap: never used again
    }
    memory.putIntRelease(entry + EntryDescriptor.STATE, EntryDescriptor.FREE);
    synchronized (this) {
      boolean opaque =
          memory.getLong(entry + EntryDescriptor.COUNTS) == entry + EntryDescriptor.INLINE_COUNT;
      (opaque ? freeOpaque : free).push(index);
    }
  }

  /**
   * The address of an entry's {@link CountsDescriptor counts}, made at the first call.
   *
   * @throws HandleException ENOMEM when there is no native memory
   */
  long countWords(long entry) {
    long words = memory.getLongAcquire(entry + EntryDescriptor.COUNTS);
    if (words != 0) {
      return words;
    }
    synchronized (this) {
      if (slabLeft == 0) {
        slab = memory.allocate((long) COUNTS_SLAB * CountsDescriptor.SIZE);
        if (slab == 0) {
          throw new HandleException(Status.ENOMEM, "no native memory for counts");
        }
        slabLeft = COUNTS_SLAB;
      }
      words = slab;
      slab += CountsDescriptor.SIZE;
      slabLeft--;
    }
    memory.putLongRelease(entry + EntryDescriptor.COUNTS, words);
    return words;
  }

  /** Entries ever used; indexes are below this. */
  public synchronized int limit() {
    return used;
  }

  public Memory memory() {
    return memory;
  }

  public RuntimeBlock block() {
    return block;
  }
}
