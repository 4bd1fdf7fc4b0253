package dev.holdfast.call;

import dev.holdfast.table.HandleException;
import dev.holdfast.table.Status;
import java.lang.ref.WeakReference;
import java.util.Arrays;
import java.util.function.IntFunction;

/** Values by number, from 1, held weakly. A number is never used again. Any thread. */
final class Numbered<T> {
  /** C keeps a million. */
  private static final int MOST = (1 << 20) - 1;

  private final String what;
  private volatile WeakReference<?>[] slots = new WeakReference<?>[64];
  private int last; // guarded by this

  Numbered(String what) {
    this.what = what;
  }

  /**
   * Gives the next number to the value that is made for it.
   *
   * @throws HandleException ENOMEM when there is none left
   */
  synchronized T add(IntFunction<T> make) {
    if (last == MOST) {
      throw new HandleException(
          Status.ENOMEM, "all " + MOST + " numbers for " + what + " have been given out");
    }
    int number = ++last;
    WeakReference<?>[] grown =
        number < slots.length ? slots : Arrays.copyOf(slots, 2 * slots.length);
    T value = make.apply(number);
    grown[number] = new WeakReference<>(value);
    slots = grown; // volatile: the slot is seen by whoever has the number
    return value;
  }

  /** Null if there is no such number, or the value is gone. */
  @SuppressWarnings("unchecked")
  T get(int number) {
    WeakReference<?>[] now = slots;
    WeakReference<?> slot = number > 0 && number < now.length ? now[number] : null;
    return slot == null ? null : (T) slot.get();
  }
}
