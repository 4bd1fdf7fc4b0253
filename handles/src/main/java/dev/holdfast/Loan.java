package dev.holdfast;

import com.sun.jna.Memory;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.util.ArrayList;
import java.util.List;

/** What one call passes to C: counts until it returns, and counts that C keeps. For one thread. */
final class Loan {
  private record Count(long bits, boolean kept) {}

  private final List<Count> counts = new ArrayList<>(4);
  private final List<LentArray> arrays = new ArrayList<>(0);
  private boolean called;

  /** Counts an object, and answers with what C gets. */
  Pointer hold(Object object, Place place) {
    return new Pointer(count(object, place));
  }

  private long count(Object object, Place place) {
    long bits = Holdfast.retain(object);
    counts.add(new Count(bits, place.isRetained()));
    return bits;
  }

  /** Counts an array's elements, and answers with C's array of handles, with a NULL behind. */
  Pointer holdAll(Object[] array, Place place) {
    LentArray lent = new LentArray(array, place);
    for (int i = 0; i < array.length; i++) {
      lent.set(i, array[i] == null ? 0 : count(array[i], place));
    }
    arrays.add(lent);
    return lent.memory;
  }

  /** Puts into the arrays what C has changed in them; it lends these elements. */
  void readBack() {
    arrays.forEach(LentArray::readBack);
  }

  /** C has run, and so has got what it keeps, whatever comes of its call. */
  void handOver() {
    called = true;
  }

  /** Gives back what was lent, and what C was to keep if it was not called. */
  void end() {
    for (Count count : counts) {
      if (!count.kept || !called) {
        Holdfast.release(count.bits);
      }
    }
  }

  private static final class LentArray {
    final Memory memory;
    private final Object[] array;
    private final long[] bits;
    private final Place place;

    LentArray(Object[] array, Place place) {
      this.array = array;
      this.bits = new long[array.length];
      this.place = place;
      this.memory = new Memory((array.length + 1L) * Native.POINTER_SIZE);
      memory.setLong((long) array.length * Native.POINTER_SIZE, 0);
    }

    void set(int i, long handle) {
      bits[i] = handle;
      memory.setLong((long) i * Native.POINTER_SIZE, handle);
    }

    void readBack() {
      for (int i = 0; i < bits.length; i++) {
        long now = memory.getLong((long) i * Native.POINTER_SIZE);
        if (now != bits[i]) {
          array[i] = element(now);
        }
      }
    }

    private Object element(long handle) {
      try {
        return Holdfast.resolve(handle, array.getClass().getComponentType());
      } catch (HoldfastException e) {
        throw place.at(e);
      }
    }
  }
}
