package dev.holdfast.hook;

import jdk.internal.misc.Unsafe;

/**
 * {@code Object.clone} copies the hidden fields, so that the copy would write into its original's
 * mirror. Compared are entry and slot, not tokens: an owner of edges has a private token for the
 * same entry.
 */
final class Clones {
  private static final Unsafe U = Raw.UNSAFE;

  private Clones() {}

  static void seen(Object receiver, Object result) {
    Layout layout = ClassLayouts.of(result.getClass());
    if (!layout.managed()) {
      return;
    }
    Object cohort = U.getReferenceOpaque(result, layout.cohortOffset);
    int slot = U.getByteOpaque(result, layout.slotOffset);
    if (cohort == null && slot == 0) {
      return; // born without a pair: not copied, or the original had none
    }
    boolean copied = cohort == null || slot == 0;
    if (!copied && receiver.getClass() == result.getClass()) {
      Object original = U.getReferenceOpaque(receiver, layout.cohortOffset);
      copied =
          original != null
              && ((Cohort) original).entry == ((Cohort) cohort).entry
              && U.getByteOpaque(receiver, layout.slotOffset) == slot;
    }
    if (copied) {
      LateAdoption.reset(result, layout);
      if (HookState.adopting) {
        LateAdoption.adopt(result, layout);
      }
    }
  }
}
