package dev.holdfast.table;

/** The Java side of an entry in use: which stamp it has and which of its objects are held. */
public interface Owner {
  int index();

  /** Address of the native entry. */
  long entry();

  int stamp();

  /**
   * The objects that are strongly held because they are counted, by slot; null while there are
   * none.
   */
  Object[] roots();

  /** Written under the stripe lock of the entry. */
  void roots(Object[] roots);
}
