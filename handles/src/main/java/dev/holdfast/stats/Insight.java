package dev.holdfast.stats;

import java.util.List;

/** What the MBeans show and do. Each method may be called on any thread at any time. */
public interface Insight {
  /** A fresh reading; costs a walk over the striped counters. */
  Figures figures();

  /** The selected classes, in no particular order. */
  List<ClassFigures> classes();

  /** Runs a minor and an old collection and waits for their end. */
  void collect();

  /** Checks the invariants; empty when all hold, otherwise a sentence for each broken one. */
  List<String> validate();

  /** Stops giving mirrors to objects; what has one keeps it. Cannot be undone. */
  void disableAdoption();
}
