package dev.holdfast.hook;

import java.util.concurrent.ConcurrentHashMap;
import jdk.internal.misc.Unsafe;

/**
 * What one platform thread has: its native record, the cohort that it fills, and its share of the
 * counters. Only the thread itself (or the virtual thread mounted on it) writes the fields;
 * counters are read by anyone and may be a little old.
 *
 * <p>Found by thread id through a small direct-mapped cache, and behind that in a map; ids are
 * never reused, so a stale cache line can only miss. {@link #sweep} retires the records of dead
 * threads.
 */
public final class ThreadRecord {
  private static final Unsafe U = Raw.UNSAFE;
  private static final long TID = U.objectFieldOffset(Thread.class, "tid");
  private static final int CACHE_MASK = 1023;
  private static final ThreadRecord[] CACHE = new ThreadRecord[CACHE_MASK + 1];
  private static final ConcurrentHashMap<Long, ThreadRecord> ALL = new ConcurrentHashMap<>();
  private static final Totals RETIRED = new Totals();

  /** Native record ({@link RecordDescriptor}). */
  final long address;

  private final long tid;
  private final Thread owner;

  /** The open cohort, the next free slot in it, the first slot past its end, and its ready bits. */
  Cohort open;

  int next;
  int limit;
  long ready;

  private Allotment allotment;

  long adoptedAtSite;
  long adoptedLate;
  long refused;
  int untilZeal;

  private ThreadRecord(long tid, Thread owner, long address) {
    this.tid = tid;
    this.owner = owner;
    this.address = address;
  }

  /** Sums of the counters over all threads, dead ones included. */
  public static final class Totals {
    public long adoptedAtSite;
    public long adoptedLate;
    public long refused;

    private void add(ThreadRecord record) {
      adoptedAtSite += record.adoptedAtSite;
      adoptedLate += record.adoptedLate;
      refused += record.refused;
    }
  }

  /** The record of the thread that runs the caller. Good until the caller blocks. */
  static ThreadRecord current() {
    Thread thread = Carrier.current();
    long tid = U.getLong(thread, TID);
    ThreadRecord record = CACHE[(int) tid & CACHE_MASK];
    return record != null && record.tid == tid ? record : find(thread, tid);
  }

  private static ThreadRecord find(Thread thread, long tid) {
    ThreadRecord record = ALL.get(tid);
    if (record == null) {
      record = new ThreadRecord(tid, thread, HookState.backend().newRecord(tid));
      ALL.put(tid, record); // only this thread puts its own id
    }
    CACHE[(int) tid & CACHE_MASK] = record;
    return record;
  }

  /**
   * The current record with at least {@code slots} free slots in its open cohort, or null when the
   * arena is full. May block before it returns, not after.
   */
  static ThreadRecord withRoom(int slots) {
    while (true) {
      ThreadRecord record = current();
      if (record.next + slots <= record.limit) {
        return record;
      }
      Cohort cohort = record.allotment == null ? null : record.allotment.take();
      if (cohort != null) {
        record.open = cohort;
        record.next = 0;
        record.limit = record.allotment.slots();
        record.ready = 0;
        continue;
      }
      Allotment fresh = HookState.full() ? null : HookState.backend().allot();
      record = current(); // a virtual thread may have changed its carrier meanwhile
      if (fresh == null) {
        record.refused++;
        return null;
      }
      record.allotment = fresh;
    }
  }

  /**
   * Marks the object at {@code slot} of the open cohort as ready; release, pairs with the reader's
   * acquire.
   */
  void publish(int slot) {
    ready |= 1L << slot;
    U.putLongRelease(null, open.entry + EntryDescriptor.READY, ready);
  }

  /** Forgets the records of threads that have ended. Called by the collector's thread. */
  public static void sweep() {
    for (ThreadRecord record : ALL.values()) {
      if (!record.owner.isAlive()) {
        ALL.remove(record.tid);
        CACHE[(int) record.tid & CACHE_MASK] = null;
        synchronized (RETIRED) {
          RETIRED.add(record);
        }
        U.putInt(record.address, 0); // an unmark may have been lost to a StackOverflowError
        U.putIntRelease(null, record.address + RecordDescriptor.IN_USE, 0);
      }
    }
  }

  /** Counters summed over all threads. */
  public static Totals totals() {
    Totals sum = new Totals();
    synchronized (RETIRED) {
      sum.adoptedAtSite = RETIRED.adoptedAtSite;
      sum.adoptedLate = RETIRED.adoptedLate;
      sum.refused = RETIRED.refused;
      ALL.values().forEach(sum::add);
    }
    return sum;
  }

  /** The cohorts that threads have open now; for tests and the walkers that validate. */
  public static int openCohorts() {
    int open = 0;
    for (ThreadRecord record : ALL.values()) {
      if (record.open != null) {
        open++;
      }
    }
    return open;
  }
}
