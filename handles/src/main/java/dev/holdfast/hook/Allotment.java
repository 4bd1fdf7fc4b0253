package dev.holdfast.hook;

/**
 * A run of fresh cohorts that one thread opens one after the other; confined to its thread record.
 */
public final class Allotment {
  private final Cohort[] cohorts;
  private final int slots;
  private int next;

  /**
   * @param cohorts tokens, each with an entry whose memory holds {@code slots} slots
   */
  public Allotment(Cohort[] cohorts, int slots) {
    this.cohorts = cohorts.clone();
    this.slots = slots;
  }

  /** Slots in each of its cohorts. */
  int slots() {
    return slots;
  }

  Cohort take() {
    if (next == cohorts.length) {
      return null;
    }
    Cohort cohort = cohorts[next];
    cohorts[next++] = null;
    return cohort;
  }
}
