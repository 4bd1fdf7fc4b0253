package dev.holdfast.stress;

import dev.holdfast.fixture.Probe;

/** The engine, as the agent starts it, and C's side, in a JVM that jcstress has started. */
final class Ground {
  private static final String FORBIDS_TO_EXTRACT = "jna.nounpack";

  private Ground() {}

  static void prepare() {
    // jcstress sets it, because it brings what it wants itself: JNA's library, but not ours.
    System.clearProperty(FORBIDS_TO_EXTRACT);
    Probe.start();
  }
}
