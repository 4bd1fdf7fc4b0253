package dev.holdfast.collect;

import dev.holdfast.arena.Arena;

/**
 * The arena, and the JVM's collector. {@code System.gc()} returns when the collection is over, so a
 * thread of its own calls it: meanwhile releases and deaths are looked at as always.
 */
final class ArenaSituation implements Pressure.Situation {
  private final Arena arena;
  private volatile boolean asking;

  ArenaSituation(Arena arena) {
    this.arena = arena;
  }

  @Override
  public long used() {
    return arena.used();
  }

  @Override
  public boolean hasRoom() {
    return arena.hasRoom();
  }

  @Override
  public void ask() {
    Thread thread = SystemThread.of(this::collect, "holdfast-requests-gc");
    asking = true;
    try {
      thread.start();
    } catch (OutOfMemoryError e) {
      asking = false; // no thread to be had: the next look tries again
    }
  }

  private void collect() {
    try {
      System.gc();
    } finally {
      asking = false;
    }
  }

  @Override
  public boolean asking() {
    return asking;
  }

  @Override
  public long nanos() {
    return System.nanoTime();
  }
}
