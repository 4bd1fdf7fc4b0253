package dev.holdfast.collect;

import dev.holdfast.arena.Arena;
import dev.holdfast.arena.RuntimeBlock;
import dev.holdfast.hook.HookState;
import dev.holdfast.stats.Log;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Whether newborn mirrors find no room. Begun by the thread that found none, which goes on without
 * a mirror and waits for nobody; ended by the collector's thread. An end that races with a
 * beginning may undo it: the next who finds no room begins it again.
 */
final class Fullness {
  private final Arena arena;
  private final RuntimeBlock block;
  private final AtomicBoolean full = new AtomicBoolean();
  private final AtomicLong times = new AtomicLong();
  private boolean told;

  Fullness(Arena arena, RuntimeBlock block) {
    this.arena = arena;
    this.block = block;
  }

  /** Hooks need not ask for room from now on. Any thread. */
  void begin() {
    if (full.compareAndSet(false, true)) {
      block.setArenaFull(true, times.incrementAndGet());
      HookState.setFull(true);
    }
  }

  /** How often it has begun. Any thread. */
  long times() {
    return times.get();
  }

  /** Ends it if there is room again. Returns whether it has ended now. Collector's thread. */
  boolean end() {
    if (!full.get() || !arena.hasRoom()) {
      return false;
    }
    HookState.setFull(false);
    full.set(false);
    block.setArenaFull(false, times.get());
    return true;
  }

  /** Says so once in the life of the JVM. The {@link Watch}'s thread. */
  void tell() {
    if (!told && times.get() > 0) {
      told = true;
      Log.warn(
          "the arena is full ("
              + arena.limit()
              + " bytes, agent option arena=): new objects get no mirrors until memory returns;"
              + " this is said once, see ArenaFilledTotal of dev.holdfast:type=Arena");
    }
  }
}
