package dev.holdfast.table;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

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

  List<Integer> takeAll() {
    List<Integer> all = new ArrayList<>(size);
    while (size > 0) {
      all.add(values[--size]);
    }
    return all;
  }
}
