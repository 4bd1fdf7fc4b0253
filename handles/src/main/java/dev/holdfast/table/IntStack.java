package dev.holdfast.table;

import java.util.Arrays;

/** A growing stack of ints; guarded by its user. */
final class IntStack {
  private int[] values = new int[256];
  private int size;

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

  int[] takeAll() {
    int[] all = Arrays.copyOf(values, size);
    size = 0;
    return all;
  }
}
