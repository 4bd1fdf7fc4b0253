package dev.holdfast.table;

import dev.holdfast.hook.HandleBits;

/**
 * The counts of a cohort ({@code struct hfi_counts}): 544 bytes, made when the first of its objects
 * is counted, never freed.
 *
 * <pre>
 *   0 64 count words, one a slot: stamp (high half), count (low half)
 * 512 id of the thread whose pin found no other | 520 return address of its hf_pin
 * 528 since when (CLOCK_MONOTONIC, ns)
 * </pre>
 */
public final class CountsDescriptor {
  public static final int PINNER = 8 * HandleBits.SLOTS;
  public static final int PIN_CALLER = PINNER + 8;
  public static final int PINNED_SINCE = PINNER + 16;
  public static final int SIZE = PINNER + 32;

  private CountsDescriptor() {}
}
