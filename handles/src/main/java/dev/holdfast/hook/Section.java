package dev.holdfast.hook;

import jdk.internal.misc.Unsafe;
import jdk.internal.vm.annotation.DontInline;

/**
 * The write section: the few instructions in which a mirror is written. See the package page for
 * what each step pairs with.
 */
final class Section {
  private static final Unsafe U = Raw.UNSAFE;

  /**
   * Whether a full fence follows each mark. True until {@code membarrier} has been registered; a
   * thread that reads an old true only fences once too often.
   */
  static boolean fences = true;

  private Section() {}

  /** Opens a section; returns the counter to hand to {@link #unmark}. */
  static int mark(long record) {
    int counter = (U.getInt(record) + 1) | 1;
    U.putIntOpaque(null, record, counter);
    if (fences) {
      U.fullFence(); // pairs with the mover's fence between setting MOVING and reading the counters
    }
    return counter;
  }

  /** Closes it; release, pairs with the mover's acquire of the counter. */
  static void unmark(long record, int counter) {
    U.putIntRelease(null, record, counter + 1);
  }

  /** Where the cohort's mirrors are; cancels a move that is under way. Only inside a section. */
  static long base(long entry) {
    long base = U.getLongAcquire(null, entry);
    return (base & EntryDescriptor.MOVING) == 0 ? base : cancel(entry, base);
  }

  @DontInline
  private static long cancel(long entry, long seen) {
    long base = seen;
    while ((base & EntryDescriptor.MOVING) != 0) {
      long masked = base & ~EntryDescriptor.MOVING;
      if (U.compareAndSetLong(null, entry, base, masked)) {
        return masked;
      }
      base =
          U.getLongAcquire(null, entry); // the mover has published: its new place holds our fields
    }
    return base;
  }
}
