package dev.holdfast.table;

import java.util.Arrays;

/** A growing stack of ints; guarded by its user. */
final class IntStack {
  private int[] values = new int[256];
  private int size;
  private int promised;

  /**
   * Makes room for one value more, for good: as many as were promised are pushed without
   * allocating.
   */
  void promise() {
    if (promised == values.length) {
      values = Arrays.copyOf(values, 2 * promised);
    }
    promised++;
  }

  void push(int value) {
    if (size == values.length) {
      values = Arrays.copyOf(values, 2 * size);
    }
    values[size++] = value;
  }

  boolean isEmpty() {
    return size == 0;
  }

  int pop() {
    return values[--size];
  }
}
