package dev.holdfast.collect;

import dev.holdfast.hook.HookState;
import dev.holdfast.stats.Holdup;
import dev.holdfast.stats.Log;
import dev.holdfast.table.EntryTable;
import java.util.HashMap;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;

/**
 * The thread {@code holdfast-watch}: tells people once about what costs only memory but should not
 * be, about hooks that failed and an arena that is full. Not the collector's thread, which may be
 * what does not go on, and would not if nobody reads standard error, a full pipe.
 */
final class Watch implements Runnable {
  private static final long LOOK_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** From this age on something is told. */
  static final long LONG_NANOS = TimeUnit.SECONDS.toNanos(10);

  /** Entries that are asked for pins at each look: some 10 us. */
  private static final int ENTRIES_AT_ONCE = 1 << 14;

  private final EntryTable table;
  private final Fullness fullness;
  private final Holdups holdups;
  private final long leastNanos;
  private final Thread thread;

  /**
   * What was told, with the age that it had then: an older one is the same, a younger a new one.
   */
  private final Map<String, Long> told = new HashMap<>();

  private int cursor;
  private long failures;
  private volatile boolean stopped;

  Watch(EntryTable table, Fullness fullness, Holdups holdups, long leastNanos) {
    this.table = table;
    this.fullness = fullness;
    this.holdups = holdups;
    this.leastNanos = leastNanos;
    this.thread = SystemThread.of(this, "holdfast-watch");
  }

  void start() {
    thread.start();
  }

  /** Has it look at once. Any thread. */
  void wake() {
    LockSupport.unpark(thread);
  }

  void stop() {
    stopped = true;
  }

  @Override
  public void run() {
    while (!stopped) {
      LockSupport.parkNanos(LOOK_NANOS);
      try {
        look();
      } catch (RuntimeException | Error e) {
        HookState.failed(e);
      }
    }
  }

  /** One look; pins are looked for in some of the entries in turn. */
  void look() {
    fullness.tell();
    holdups.scopes(leastNanos, this::tell);
    holdups.releases(leastNanos, this::tell);
    int limit = table.limit();
    int from = cursor < limit ? cursor : 0;
    cursor = Math.min(limit, from + ENTRIES_AT_ONCE);
    holdups.pins(from, cursor, leastNanos, this::tell);
    if (HookState.failures() != failures) {
      if (failures == 0) {
        Log.info("a hook failed, and the program did not see it: " + HookState.lastFailure());
      }
      failures = HookState.failures();
    }
  }

  private void tell(Holdup holdup) {
    String key = holdup.kind() + holdup.threadId() + ":" + holdup.handle();
    Long before = told.put(key, holdup.seconds());
    if (before == null || before > holdup.seconds()) {
      Log.warn(line(holdup));
    }
  }

  private static String line(Holdup holdup) {
    String thread = "thread " + holdup.threadId() + " (" + holdup.thread() + ")";
    String age = holdup.seconds() + " s";
    return switch (holdup.kind()) {
      case "scope" ->
          thread
              + " has had a scope open for "
              + age
              + " (hf_enter returned to "
              + holdup.where()
              + "): no memory is reused meanwhile";
      case "pin" ->
          thread
              + " has pinned 0x"
              + Long.toHexString(holdup.handle())
              + " for "
              + age
              + " (hf_pin returned to "
              + holdup.where()
              + "): its memory is not moved or reused meanwhile";
      default ->
          "nobody has looked at what C has released for "
              + age
              + ": "
              + thread
              + " is at "
              + holdup.where()
              + "; released objects live on meanwhile";
    };
  }
}
