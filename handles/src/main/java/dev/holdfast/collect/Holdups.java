package dev.holdfast.collect;

import dev.holdfast.arena.Memory;
import dev.holdfast.arena.RuntimeBlock;
import dev.holdfast.hook.EntryDescriptor;
import dev.holdfast.hook.RecordDescriptor;
import dev.holdfast.stats.Holdup;
import dev.holdfast.table.CountsDescriptor;
import dev.holdfast.table.EntryTable;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;

/**
 * Finds what keeps memory from being reused: scopes that stay open, pins, releases that nobody
 * drains. Any thread. Reads records, entries and counts, which are never freed, and waits for
 * nobody, the collector's thread least of all: that may be the culprit.
 */
final class Holdups {
  private final RuntimeBlock block;
  private final Memory memory;
  private final EntryTable table;
  private final Drain drain;
  private final Thread collector;

  Holdups(EntryTable table, Drain drain, Thread collector) {
    this.block = table.block();
    this.memory = table.memory();
    this.table = table;
    this.drain = drain;
    this.collector = collector;
  }

  /** All that have lasted {@code leastNanos}. */
  List<Holdup> all(long leastNanos) {
    List<Holdup> found = new ArrayList<>();
    scopes(leastNanos, found::add);
    pins(0, table.limit(), leastNanos, found::add);
    releases(leastNanos, found::add);
    return found;
  }

  void releases(long leastNanos, Consumer<Holdup> to) {
    Holdup releases = drain.holdup(block.released() != 0, collector, leastNanos);
    if (releases != null) {
      to.accept(releases);
    }
  }

  void scopes(long leastNanos, Consumer<Holdup> to) {
    block.forEachRecord(
        record -> {
          long since = memory.getLongAcquire(record + RecordDescriptor.SINCE);
          long tid = memory.getLong(record + RecordDescriptor.TID);
          long caller = memory.getLong(record + RecordDescriptor.CALLER);
          if (since != 0 && age(since) >= leastNanos) {
            to.accept(holdup("scope", tid, since, caller, 0));
          }
        });
  }

  /** The pins of some entries. */
  void pins(int from, int to, long leastNanos, Consumer<Holdup> found) {
    for (int index = from; index < to; index++) {
      long entry = table.address(index);
      if (memory.getIntAcquire(entry + EntryDescriptor.PINS) == 0) {
        continue;
      }
      long counts = memory.getLongAcquire(entry + EntryDescriptor.COUNTS);
      long since = memory.getLongAcquire(counts + CountsDescriptor.PINNED_SINCE);
      if (since != 0 && age(since) >= leastNanos) {
        long tid = memory.getLong(counts + CountsDescriptor.PINNER);
        long caller = memory.getLong(counts + CountsDescriptor.PIN_CALLER);
        found.accept(holdup("pin", tid, since, caller, table.firstHandle(index)));
      }
    }
  }

  /** In both languages CLOCK_MONOTONIC. */
  private static long age(long since) {
    return System.nanoTime() - since;
  }

  private static Holdup holdup(String kind, long tid, long since, long caller, long handle) {
    return new Holdup(
        kind,
        tid,
        nameOf(tid),
        TimeUnit.NANOSECONDS.toSeconds(age(since)),
        "0x" + Long.toHexString(caller),
        handle);
  }

  /** As the operating system knows it: on Linux the first 15 letters of a Java thread's name. */
  private static String nameOf(long tid) {
    try {
      return Files.readString(Path.of("/proc/self/task/" + tid + "/comm")).strip();
    } catch (IOException | RuntimeException e) {
      return ""; // it has ended, or this is no Linux
    }
  }
}
