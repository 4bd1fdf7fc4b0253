package dev.holdfast.table;

import dev.holdfast.arena.Chunk;

/** The owner of an entry that names one object without a mirror, for as long as it is counted. */
final class OpaqueOwner implements Owner, Vacated {
  private final int index;
  private final long entry;
  private final int stamp;
  private final Object object;
  private volatile Object[] roots;
  private Vacated next;

  OpaqueOwner(int index, long entry, int stamp, Object object) {
    this.index = index;
    this.entry = entry;
    this.stamp = stamp;
    this.object = object;
  }

  Object object() {
    return object;
  }

  @Override
  public Chunk chunk() {
    return null;
  }

  @Override
  public int bytes() {
    return 0;
  }

  @Override
  public Vacated next() {
    return next;
  }

  @Override
  public void next(Vacated link) {
    next = link;
  }

  @Override
  public int index() {
    return index;
  }

  @Override
  public long entry() {
    return entry;
  }

  @Override
  public int stamp() {
    return stamp;
  }

  @Override
  public Object[] roots() {
    return roots;
  }

  @Override
  public void roots(Object[] objects) {
    roots = objects;
  }
}
