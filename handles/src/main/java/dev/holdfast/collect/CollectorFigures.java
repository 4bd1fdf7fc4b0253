package dev.holdfast.collect;

/** What the collector has done so far; written by its thread, read by any. */
final class CollectorFigures {
  volatile long minor;
  volatile long old;
  volatile long movedBytes;
  volatile long movedCohorts;
  volatile long cancelled;
  volatile long pinned;
  volatile long abandoned;
  volatile long moveNanos;
  volatile long moveNanosMax;
  volatile long repairs;
  volatile long jvmCollections;
  volatile long deaths;

  void moved(int bytes) {
    movedBytes += bytes;
    movedCohorts++;
  }

  void batch(long nanos) {
    moveNanos += nanos;
    moveNanosMax = Math.max(moveNanosMax, nanos);
  }
}
