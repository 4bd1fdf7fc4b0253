package dev.holdfast.hook;

/**
 * What the hooks ask of the rest of Holdfast, which lives in the system class loader. One is
 * installed for the life of the JVM. Callable from any thread, outside write sections; may block.
 */
public abstract class Backend {
  /**
   * The layout of a class, never null; {@link Layout#managed()} is false where it has no mirrors.
   */
  protected abstract Layout describe(Class<?> type);

  /**
   * The layout for an allocation site's key.
   *
   * @param type the class of the object that the site has just made
   */
  protected abstract Layout resolveSite(int siteKey, Class<?> type);

  /**
   * The field that a site's key names, as {@link FieldSpec}, and where the hidden fields are.
   *
   * @param type the class of an object whose field was just written
   * @return {spec, {@link Layout#offsets()}}
   */
  protected abstract long[] resolveField(int fieldKey, Class<?> type);

  /**
   * Where the objects that a reference field can hold have their hidden fields, as far as its
   * static type tells.
   *
   * @param owner the class of an object whose field was just written
   * @param held the class of an object that the field holds
   * @return {@link Layout#offsets()}, or -1 where it depends on the object
   */
  protected abstract long resolveTargets(int fieldKey, Class<?> owner, Class<?> held);

  /** Slots of an ordinary cohort. */
  protected abstract int cohortSlots();

  /**
   * A run of fresh cohorts of the usual size, or null when the arena is full.
   *
   * @param tenured in old space
   */
  protected abstract Allotment allot(boolean tenured);

  /** A fresh cohort for a single object whose death is to be told for itself, or null. */
  protected abstract Cohort allotSample(int slots, AllocationSite site);

  /**
   * One fresh cohort for an object of {@code slots} slots (more than the usual cohort has), or
   * null.
   */
  protected abstract Cohort allotLarge(int slots);

  /** A full fence on every thread of the process. Only where {@code membarrier} is registered. */
  protected abstract void heavyFence();

  /** A new native record for a thread, zeroed, in use, and on the list of records. */
  protected abstract long newRecord(long tid);

  /** Told after each N-th adoption when {@code zeal=N}: moves something before it returns. */
  protected abstract void zeal(Cohort latest);
}
