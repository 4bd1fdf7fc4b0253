package dev.holdfast.hook;

import java.util.concurrent.ConcurrentHashMap;
import jdk.internal.misc.Unsafe;
import jdk.internal.vm.annotation.DontInline;

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

  /**
   * The open cohort, the next free slot in it, the first slot past its end, and its ready bits.
   * {@code limit} is before the end until the sample point has been passed.
   */
  Cohort open;

  int next;
  int limit;
  long ready;
  private int end;

  /** The same for cohorts in old space, null before the first. It shares the native record. */
  private ThreadRecord tenured;

  private int random;

  private Allotment allotment;

  long adoptedAtSite;
  long adoptedLate;
  long refused;
  int untilZeal;

  private ThreadRecord(long tid, Thread owner, long address) {
    this.tid = tid;
    this.owner = owner;
    this.address = address;
    this.random = (int) tid * 0x9e3779b9 | 1;
  }

  /** What of this thread goes to old space. */
  ThreadRecord tenured() {
    if (tenured == null) {
      tenured = new ThreadRecord(tid, owner, address);
    }
    return tenured;
  }

  /**
   * Whether {@code limit} was the sample point of the open cohort, once for each: a place in it at
   * random, so that what a program does in turn does not meet it in turn.
   */
  boolean atSamplePoint() {
    boolean before = limit < end;
    limit = end;
    return before;
  }

  private void opened(Cohort cohort, int slots) {
    open = cohort;
    next = 0;
    ready = 0;
    end = slots;
    limit = slots;
    if (HookState.profiling) {
      random ^= random << 13;
      random ^= random >>> 17;
      random ^= random << 5;
      limit = 1 + (random >>> 1) % slots;
    }
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
      if (record.tenured != null) {
        add(record.tenured);
      }
    }
  }

  /** The record of the thread that runs the caller. Good until the caller blocks. */
  static ThreadRecord current() {
    Thread thread = Carrier.current();
    long tid = U.getLong(thread, TID);
    ThreadRecord record = CACHE[(int) tid & CACHE_MASK];
    return record != null && record.tid == tid ? record : find(thread, tid);
  }

  private static ThreadRecord current(boolean tenured) {
    ThreadRecord record = current();
    return tenured ? record.tenured() : record;
  }

  @DontInline
  private static ThreadRecord find(Thread thread, long tid) {
    ThreadRecord record = ALL.get(tid);
    if (record == null) {
      record = begin(thread, tid);
    }
    CACHE[(int) tid & CACHE_MASK] = record;
    return record;
  }

  private static ThreadRecord begin(Thread thread, long tid) {
    long address = HookState.backend().newRecord(tid);
    boolean begun = false;
    try {
      ThreadRecord record = new ThreadRecord(tid, thread, address);
      ALL.put(tid, record); // only this thread puts its own id
      begun = true;
      return record;
    } finally {
      if (!begun) { // an Error, and perhaps again at the next attempt
        U.putIntRelease(null, address + RecordDescriptor.IN_USE, 0);
      }
    }
  }

  /**
   * The current record with at least {@code slots} free slots in its open cohort, or null when the
   * arena is full. May block before it returns, not after.
   */
  static ThreadRecord withRoom(int slots) {
    return withRoom(slots, false);
  }

  /**
   * The same; {@code tenured} in old space.
   *
   * @return the record whose cohort is open there
   */
  @DontInline
  static ThreadRecord withRoom(int slots, boolean tenured) {
    while (true) {
      ThreadRecord record = current(tenured);
      if (record.next + slots <= record.limit) {
        return record;
      }
      if (record.atSamplePoint()) {
        continue; // who comes here takes no sample
      }
      Cohort cohort = record.allotment == null ? null : record.allotment.take();
      if (cohort != null) {
        record.opened(cohort, record.allotment.slots());
        continue;
      }
      Allotment fresh = HookState.full() ? null : HookState.backend().allot(tenured);
      record = current(tenured); // a virtual thread may have changed its carrier meanwhile
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
      for (ThreadRecord record : ALL.values()) {
        sum.add(record);
      }
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
      if (record.tenured != null && record.tenured.open != null) {
        open++;
      }
    }
    return open;
  }
}
