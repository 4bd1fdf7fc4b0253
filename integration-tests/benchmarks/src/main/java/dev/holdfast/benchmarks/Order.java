package dev.holdfast.benchmarks;

import java.util.Random;

/** The order in which a list links nodes that were allocated one after the other. */
public enum Order {
  ALLOCATED,
  SHUFFLED;

  /** A permutation of 0..n-1, the same in each run. */
  int[] of(int n) {
    int[] order = new int[n];
    for (int i = 0; i < n; i++) {
      order[i] = i;
    }
    if (this == SHUFFLED) {
      Random random = new Random(42);
      for (int i = n - 1; i > 0; i--) {
        int other = random.nextInt(i + 1);
        int swapped = order[i];
        order[i] = order[other];
        order[other] = swapped;
      }
    }
    return order;
  }
}
