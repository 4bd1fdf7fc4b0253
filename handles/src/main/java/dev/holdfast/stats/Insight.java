package dev.holdfast.stats;

import java.io.IOException;
import java.nio.file.Path;
import java.util.List;

/** What the MBeans show and do. Each method may be called on any thread at any time. */
public interface Insight {
  /** A fresh reading; costs a walk over the striped counters. */
  Figures figures();

  /** The selected classes, in no particular order. */
  List<ClassFigures> classes();

  /** The allocation sites that objects were sampled of, in no particular order. */
  List<SiteFigures> sites();

  /** What has kept memory from being reused for a second or longer, in no particular order. */
  List<Holdup> holdups();

  /** Runs a minor and an old collection and waits for their end. */
  void collect();

  /** Checks the invariants; empty when all hold, otherwise a sentence for each broken one. */
  List<String> validate();

  /**
   * Writes the counted handles as text into a new file.
   *
   * @param most how many at the most
   * @return how many were written
   * @throws IllegalArgumentException for a negative {@code most}
   * @throws IOException when the file exists or cannot be written
   */
  long dumpHandles(Path file, long most) throws IOException;

  /**
   * Records who retains handles, one in so many; 0 ends it and forgets what was recorded.
   *
   * @throws IllegalArgumentException for a negative number
   */
  void setRetainSampling(int oneIn);

  /** The recorded retains that have not been given back, grouped by place, oldest first. */
  String retainReport();

  /** Stops giving mirrors to objects; what has one keeps it. Cannot be undone. */
  void disableAdoption();
}
