package dev.holdfast.hook;

/**
 * The Java-side token of a cohort. Each of its objects refers to it by {@code $cohort}; when the
 * last is gone, the JVM clears the one phantom reference that watches the token, and the cohort is
 * dead.
 *
 * <p>Immutable: where the mirrors are is said by the native entry alone. An object that owns edges
 * has a {@link PrivateCohort} instead, so tokens are never compared: entries and handles are.
 */
public class Cohort {
  /** Address of the native entry; fixed for the life of the JVM. */
  public final long entry;

  /** The handle of slot 0: add {@code slot << 3} for another. */
  public final long handle;

  public Cohort(long entry, long handle) {
    this.entry = entry;
    this.handle = handle;
  }

  public final long handle(int slot) {
    return handle | (long) slot << 3;
  }
}
