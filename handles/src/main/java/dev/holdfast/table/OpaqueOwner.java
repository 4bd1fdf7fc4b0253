package dev.holdfast.table;

/** The owner of an entry that names one object without a mirror, for as long as it is counted. */
final class OpaqueOwner implements Owner {
  private final int index;
  private final long entry;
  private final int stamp;
  private final Object object;
  private volatile Object[] roots;

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
