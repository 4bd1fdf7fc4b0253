package dev.holdfast.space;

/**
 * The JVM's collections, by which chunks age. The JVM has collected for a while before it has told
 * of it, and programs go on filling chunks meanwhile: what is born then is younger than that
 * collection. Of a concurrent collector that holds only from the clearing on: what is born between
 * its begin and that is taken for older, and may be moved though it is dead. Any thread.
 */
public interface CollectionClock {
  /** Collections so far, those among them that are still to be told. At least {@link #told}. */
  long seen();

  /** Collections of whose deaths the JVM has begun to tell. */
  long told();
}
