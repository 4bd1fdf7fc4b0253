package dev.holdfast.collect;

import java.util.function.LongSupplier;

/**
 * What the collector has done so far. Written by its thread alone, hence plain; others may read a
 * value that is a little old.
 */
final class CollectorFigures implements LongSupplier {
  long minor;
  long old;
  long movedBytes;
  long movedCohorts;
  long cancelled;
  long pinned;
  long abandoned;
  long moveNanos;
  long moveNanosMax;
  long repairs;
  long jvmCollections;
  long deaths;

  /** Collections that the JVM was asked for. */
  long requests;

  /** The JVM's collections seen so far: the spaces' clock. */
  @Override
  public long getAsLong() {
    return jvmCollections;
  }

  void moved(int bytes) {
    movedBytes += bytes;
    movedCohorts++;
  }

  void batch(long nanos) {
    moveNanos += nanos;
    moveNanosMax = Math.max(moveNanosMax, nanos);
  }
}
