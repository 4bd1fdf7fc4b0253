package dev.holdfast.space;

import java.lang.ref.Reference;

/**
 * The JVM's collections, by which chunks age. The JVM has collected for a while before it has told
 * of it, and programs go on meanwhile. Any thread.
 */
public interface CollectionClock {
  /** Collections so far, those among them that are still to be told. At least {@link #told}. */
  long seen();

  /** Collections of whose deaths the JVM has begun to tell. */
  long told();

  /**
   * A reference to what nobody else knows: cleared together with those to all cohorts that are born
   * before and dead when the collection begins that clears it.
   */
  Reference<?> canary();
}
