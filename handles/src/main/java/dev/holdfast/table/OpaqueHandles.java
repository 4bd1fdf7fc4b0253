package dev.holdfast.table;

import dev.holdfast.arena.Memory;
import dev.holdfast.hook.EntryDescriptor;
import java.util.IdentityHashMap;

/**
 * Handles of objects that have no mirrors. An object has one handle from its first count to its
 * last; after that the handle is stale, and a later hand-over makes a new one.
 */
public final class OpaqueHandles {
  private final EntryTable table;
  private final Memory memory;
  private final Counts counts;
  private final IdentityHashMap<Object, OpaqueOwner> owners = new IdentityHashMap<>();

  OpaqueHandles(EntryTable table, Counts counts) {
    this.table = table;
    this.memory = table.memory();
    this.counts = counts;
  }

  /**
   * Counts an object once more.
   *
   * @return its handle
   * @throws HandleException ENOMEM when the table cannot grow
   */
  public long retain(Object object) {
    synchronized (owners) {
      OpaqueOwner owner = owners.get(object);
      if (owner == null) {
        owner = open(object);
      }
      long handle = 0;
      try {
        owners.put(object, owner);
        handle = counts.retain(owner, 0, object);
      } finally {
        if (handle == 0) {
          settle(owner); // an Error: unless it is counted all the same, it is nobody's
        }
      }
      return handle;
    }
  }

  private OpaqueOwner open(Object object) {
    int index = table.takeOpaque();
    if (index < 0) {
      throw new HandleException(Status.ENOMEM, "no native memory for another handle");
    }
    long entry = table.address(index);
    memory.putInt(entry + EntryDescriptor.STATE, EntryDescriptor.OPAQUE);
    memory.putLongRelease(entry + EntryDescriptor.READY, 1);
    OpaqueOwner owner = new OpaqueOwner(index, entry, table.stamp(index), object);
    table.setOwner(index, owner);
    return owner;
  }

  /** Retires the handle if its count is 0. */
  void settle(OpaqueOwner owner) {
    synchronized (owners) {
      synchronized (counts.stripe(owner.index())) {
        if (table.owner(owner.index()) == owner && counts.unrootUncounted(owner)) {
          owners.remove(owner.object());
          table.retire(owner);
        }
      }
    }
  }

  /** How many objects have an opaque handle now. */
  public int size() {
    synchronized (owners) {
      return owners.size();
    }
  }
}
