package dev.holdfast.collect;

import dev.holdfast.hook.HandleBits;
import dev.holdfast.hook.Mirrors;
import dev.holdfast.stats.MisuseLog;
import dev.holdfast.table.Counts;
import dev.holdfast.table.EntryTable;
import dev.holdfast.table.HandleException;
import dev.holdfast.table.Status;
import java.lang.ref.Reference;
import java.util.Objects;
import java.util.function.Consumer;

/**
 * Gives objects to C: sees to their mirrors, and counts them. Any thread; may block for a moment on
 * a lock.
 */
final class HandOver {
  private static final int MOST_REPAIRS = 1 << 22;

  private final EngineOptions options;
  private final boolean mirrors;
  private final EntryTable table;
  private final Counts counts;

  /** Linked here: where there is no memory, the JVM fails to link a reference, and for ever. */
  private final Consumer<Runnable> retryLater;

  HandOver(
      EngineOptions options,
      boolean mirrors,
      EntryTable table,
      Counts counts,
      Collector collector) {
    this.options = options;
    this.mirrors = mirrors;
    this.table = table;
    this.counts = counts;
    this.retryLater = collector::retryLater;
  }

  /** As {@link Engine#retain}, but unrecorded. */
  long retain(Object object) {
    Objects.requireNonNull(object, "null has no handle");
    if (!mirrors || !Mirrors.isManaged(object)) {
      return counts.opaque().retain(object);
    }
    long handle = mirrored(Mirrors.handOver(object), object);
    repair();
    try {
      long counted = counts.retain(table.ownerOf(handle), HandleBits.slot(handle), object);
      return counted == 0 ? retainCopy(object, handle) : counted;
    } finally {
      Reference.reachabilityFence(object);
    }
  }

  /**
   * As {@link Engine#giveAll}, but unrecorded. All mirrors are seen to before anything is counted,
   * so that neighbours in a cohort, which elements mostly are, are counted together.
   */
  long[] retainAll(Object[] objects, int n) {
    long[] handles = new long[n];
    if (mirrors) {
      Mirrors.handOver(objects, handles);
      repair();
    }
    for (int i = 0; i < n; i++) {
      mirrored(handles[i], objects[i]);
    }
    int done = 0;
    try {
      while (done < n) {
        done =
            handles[done] == 0
                ? retainOpaque(objects, handles, done)
                : retainRun(objects, handles, done);
      }
    } catch (Throwable e) {
      for (int i = 0; i < done; i++) {
        if (handles[i] != 0) {
          counts.release(handles[i]);
        }
      }
      throw e;
    } finally {
      Reference.reachabilityFence(objects);
    }
    return handles;
  }

  /** Returns behind the one that was counted, or was null. */
  private int retainOpaque(Object[] objects, long[] handles, int at) {
    if (objects[at] != null) {
      handles[at] = counts.opaque().retain(objects[at]);
    }
    return at + 1;
  }

  /** Returns behind those that were counted, one at least. */
  private int retainRun(Object[] objects, long[] handles, int from) {
    int behind = counts.retainRun(objects, handles, from, handles.length);
    if (behind > from) {
      return behind;
    }
    handles[from] = retainCopy(objects[from], handles[from]);
    return from + 1;
  }

  /** The handle of an object that has found room in the arena. */
  private long mirrored(long handle, Object object) {
    if (handle == HandleBits.UNMIRRORED) {
      throw new HandleException(
          Status.EFULL,
          object.getClass().getName()
              + ": no room for its mirror: the arena's limit is "
              + options.arenaBytes()
              + " bytes (agent option arena=)");
    }
    return handle;
  }

  private void repair() {
    Mirrors.repair(MOST_REPAIRS, retryLater);
  }

  /** Another object is held under the handle: this one is a copy that bears its hidden fields. */
  private long retainCopy(Object copy, long handle) {
    MisuseLog.JVM.report(
        "copy",
        copy.getClass().getName()
            + ": a copy made with hidden fields and all; it gets a handle of its own,"
            + " and its original is brought up to date");
    long own = mirrored(Mirrors.part(copy), copy);
    long counted = counts.retain(table.ownerOf(own), HandleBits.slot(own), copy);
    Mirrors.sync(counts.resolve(handle));
    return counted;
  }
}
