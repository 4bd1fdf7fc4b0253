package dev.holdfast.collect;

/**
 * What the collector has done so far. Written by its thread alone, hence plain; others may read a
 * value that is a little old.
 */
final class CollectorFigures {
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
  long deaths;

  /** Collections that the JVM was asked for. */
  long requests;

  void moved(int bytes) {
    movedBytes += bytes;
    movedCohorts++;
  }

  void batch(long nanos) {
    moveNanos += nanos;
    moveNanosMax = Math.max(moveNanosMax, nanos);
  }
}
