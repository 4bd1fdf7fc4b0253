package dev.holdfast.table;

import dev.holdfast.arena.Memory;
import dev.holdfast.hook.EntryDescriptor;
import dev.holdfast.hook.HandleBits;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLong;

/**
 * Counting on the Java side, and the root set: count above 0 if and only if the object is strongly
 * held, exactly once, up to the release queue. Any thread; may block for a moment on a stripe.
 */
public final class Counts {
  private static final AtomicIntegerFieldUpdater<Counts> DRAINING =
      AtomicIntegerFieldUpdater.newUpdater(Counts.class, "draining");
  private static final int STRIPES = 64;
  private static final long COUNT_MASK = 0xffffffffL;

  /** A count that reached this stays there: its object is held for ever. */
  public static final long SATURATED = COUNT_MASK;

  private final EntryTable table;
  private final Memory memory;
  private final Object[] stripes = new Object[STRIPES];
  private final OpaqueHandles opaque;
  private final AtomicLong rooted = new AtomicLong();
  private final AtomicLong peak = new AtomicLong();
  private final Tally tally;

  /** 1 while a thread drains: the two below are its own. */
  @SuppressWarnings("UnusedVariable") // read by DRAINING
  private volatile int draining;

  /** What was taken off the queue, by index + 1, 0 for nothing. */
  private int rest;

  /** Off the queue, and its counts not looked at yet, likewise. */
  private int unsettled;

  public Counts(EntryTable table) {
    this.table = table;
    this.memory = table.memory();
    this.tally = new Tally(table.block());
    this.opaque = new OpaqueHandles(table, this);
    for (int i = 0; i < STRIPES; i++) {
      stripes[i] = new Object();
    }
  }

  public OpaqueHandles opaque() {
    return opaque;
  }

  Object stripe(int index) {
    return stripes[index & STRIPES - 1];
  }

  /**
   * Counts an object once more; from 0 to 1 it becomes strongly held.
   *
   * @param object the object that lives at {@code slot}; the caller holds it strongly
   * @return its handle; 0, with nothing counted, when another object is held under that handle:
   *     {@code object} is a copy that somebody made with all fields, hidden ones too
   */
  public long retain(Owner owner, int slot, Object object) {
    synchronized (stripe(owner.index())) {
      if (isOfAnother(owner, slot, object)) {
        return 0;
      }
      addRooted(increment(owner, slot, object));
    }
    tally.retained(1);
    return HandleBits.of(owner.stamp(), owner.index(), slot);
  }

  /**
   * {@link #retain} of many that have mirrors: neighbours, which share an entry, are counted under
   * one lock.
   *
   * @param handles of the objects
   * @param from the first of the run, at least one of them
   * @param to behind the last that may belong to it
   * @return behind the last that was counted; {@code from} if that one is such a copy. Nothing is
   *     counted if it throws
   */
  public int retainRun(Object[] objects, long[] handles, int from, int to) {
    Owner owner = table.ownerOf(handles[from]);
    int at = from;
    synchronized (stripe(owner.index())) {
      int fresh = 0;
      while (at < to
          && HandleBits.isSameEntry(handles[at], handles[from])
          && !isOfAnother(owner, HandleBits.slot(handles[at]), objects[at])) {
        fresh += increment(owner, HandleBits.slot(handles[at]), objects[at]);
        at++;
      }
      addRooted(fresh);
    }
    tally.retained(at - from);
    return at;
  }

  /** Under the stripe lock: whether another object is held under this handle. */
  private static boolean isOfAnother(Owner owner, int slot, Object object) {
    Object[] roots = owner.roots();
    return roots != null && roots[slot] != null && roots[slot] != object;
  }

  /**
   * Under the stripe lock. Throws, if at all, before anything is counted, and not while the owner
   * holds any object.
   *
   * @return how many objects are held more
   */
  private int increment(Owner owner, int slot, Object object) {
    long word = table.countWords(owner.entry()) + 8L * slot;
    long tag = (long) owner.stamp() << 32;
    int fresh = 0;
    while (true) {
      long seen = memory.getLongAcquire(word);
      if ((seen & COUNT_MASK) == 0) {
        fresh += root(owner, slot, object);
        if (memory.compareAndSetLong(word, seen, tag | 1)) {
          return fresh;
        }
      } else if ((seen & COUNT_MASK) == SATURATED
          || memory.compareAndSetLong(word, seen, seen + 1)) {
        return fresh;
      }
    }
  }

  private static int root(Owner owner, int slot, Object object) {
    Object[] roots = owner.roots();
    if (roots == null) {
      roots = new Object[owner instanceof OpaqueOwner ? 1 : HandleBits.SLOTS];
      owner.roots(roots);
    }
    if (roots[slot] != null) {
      return 0;
    }
    roots[slot] = object;
    return 1;
  }

  private void addRooted(int fresh) {
    if (fresh != 0) {
      long now = rooted.addAndGet(fresh);
      for (long most = peak.get(); now > most; most = peak.get()) {
        peak.compareAndSet(most, now); // without a lambda: nothing may fail behind the count
      }
    }
  }

  /**
   * Gives one count back.
   *
   * @throws HandleException ENULL, ESTALE, or EOVERRELEASE when the count is 0 already
   */
  public void release(long handle) {
    Owner owner = checked(handle);
    long word = wordOf(owner, handle);
    while (true) {
      long seen = word == 0 ? 0 : memory.getLongAcquire(word);
      long count = (int) (seen >>> 32) == owner.stamp() ? seen & COUNT_MASK : 0;
      if (count == 0) {
        tally.overReleased();
        throw new HandleException(
            Status.EOVERRELEASE,
            "0x" + Long.toHexString(handle) + ": released though its count is 0");
      }
      if (count == SATURATED) {
        break;
      }
      if (memory.compareAndSetLong(word, seen, seen - 1)) {
        if (count == 1) {
          settle(owner.index());
        }
        break;
      }
    }
    tally.released();
  }

  /**
   * The object of a counted handle.
   *
   * @throws HandleException ENULL, ESTALE, or EUNCOUNTED: nothing says that the object still lives
   */
  public Object resolve(long handle) {
    Owner owner = checked(handle);
    synchronized (stripe(owner.index())) {
      Object[] roots = owner.roots();
      int slot = HandleBits.slot(handle);
      Object object = roots == null || slot >= roots.length ? null : roots[slot];
      if (object == null || count(owner, handle) == 0) {
        tally.uncounted();
        throw new HandleException(
            Status.EUNCOUNTED,
            "0x"
                + Long.toHexString(handle)
                + ": its count is 0, so nothing says that its object lives");
      }
      return object;
    }
  }

  /**
   * How often a handle is counted, at this moment.
   *
   * @throws HandleException ENULL or ESTALE
   */
  public long count(long handle) {
    return count(checked(handle), handle);
  }

  private long count(Owner owner, long handle) {
    long word = wordOf(owner, handle);
    long seen = word == 0 ? 0 : memory.getLongAcquire(word);
    return (int) (seen >>> 32) == owner.stamp() ? seen & COUNT_MASK : 0;
  }

  /** The counted handles of one entry now; empty for one that is free. */
  public List<Counted> counted(int index) {
    Owner owner = table.owner(index);
    if (owner == null) {
      return List.of();
    }
    List<Counted> found = new ArrayList<>();
    synchronized (stripe(index)) {
      Object[] roots = owner.roots();
      for (int slot = 0; roots != null && slot < roots.length; slot++) {
        long handle = HandleBits.of(owner.stamp(), index, slot);
        long count = roots[slot] == null ? 0 : count(owner, handle);
        if (count > 0) {
          found.add(new Counted(handle, count, roots[slot].getClass()));
        }
      }
    }
    return found;
  }

  private long wordOf(Owner owner, long handle) {
    long words = memory.getLongAcquire(owner.entry() + EntryDescriptor.COUNTS);
    int slot = HandleBits.slot(handle);
    boolean none = words == 0 || (owner instanceof OpaqueOwner && slot != 0);
    return none ? 0 : words + 8L * slot;
  }

  private Owner checked(long handle) {
    try {
      return table.ownerOf(handle);
    } catch (HandleException e) {
      if (e.status() == Status.ESTALE) {
        tally.stale();
      }
      throw e;
    }
  }

  /**
   * Looks at everything on the release queue, unless another thread is at it. What an Error leaves
   * (the stack of a program's thread may end in here) the next drain goes on with.
   */
  public void drain() {
    if (!DRAINING.compareAndSet(this, 0, 1)) {
      return;
    }
    try {
      settleUnsettled();
      settleRest();
      rest = table.block().takeReleased();
      settleRest();
    } finally {
      draining = 0; // no call, so no StackOverflowError
    }
  }

  private void settleRest() {
    while (rest != 0) {
      long entry = table.address(rest - 1);
      int next = memory.getInt(entry + EntryDescriptor.NEXT);
      unsettled = rest;
      rest = next;
      memory.getAndSetInt(
          entry + EntryDescriptor.QUEUED, 0); // before the counts: pairs with C's exchange
      settleUnsettled();
    }
  }

  private void settleUnsettled() {
    if (unsettled != 0) {
      settle(unsettled - 1);
      unsettled = 0;
    }
  }

  /** Lets go of the objects of an entry whose count is 0. */
  private void settle(int index) {
    Owner owner = table.owner(index);
    if (owner instanceof OpaqueOwner unmirrored) {
      opaque.settle(unmirrored);
    } else if (owner != null) {
      synchronized (stripe(index)) {
        unrootUncounted(owner);
      }
    }
  }

  /** Under the stripe lock. Returns whether no object of the owner is held any more. */
  boolean unrootUncounted(Owner owner) {
    Object[] roots = owner.roots();
    if (roots == null) {
      return true;
    }
    long words = memory.getLongAcquire(owner.entry() + EntryDescriptor.COUNTS);
    int held = 0;
    int dropped = 0;
    try {
      for (int slot = 0; slot < roots.length; slot++) {
        if (roots[slot] != null) {
          if ((memory.getLongAcquire(words + 8L * slot) & COUNT_MASK) == 0) {
            roots[slot] = null;
            dropped++;
          } else {
            held++;
          }
        }
      }
    } finally {
      rooted.addAndGet(-dropped);
    }
    if (held == 0) {
      owner.roots(null);
    }
    return held == 0;
  }

  /** Objects whose handle is counted. */
  public long rooted() {
    return rooted.get();
  }

  public long peak() {
    return peak.get();
  }
}
