package dev.holdfast.collect;

import dev.holdfast.table.Counts;
import dev.holdfast.table.HandleException;

/** Whether retains and releases are recorded, all or some, and by whom. Any thread. */
public final class Recording {
  private final Counts counts;
  private volatile RetainWatch watch; // not null while sampling is not 0
  private volatile int sampling;
  private int wanted; // guarded by this: the sampling, also before there is a recorder

  Recording(Counts counts) {
    this.counts = counts;
  }

  /**
   * Gives what records retains, with libholdfast; if {@link #sample} was called before, recording
   * begins now.
   */
  public synchronized void attach(RetainWatch recorder) {
    watch = recorder;
    if (wanted != 0) {
      sample(wanted);
    }
  }

  /**
   * @param oneIn 1 records all, n one in n, 0 none
   * @throws IllegalArgumentException if {@code oneIn} is negative
   */
  synchronized void sample(int oneIn) {
    if (oneIn < 0) {
      throw new IllegalArgumentException(
          "setRetainSampling(" + oneIn + "): expected 0 (off) or more");
    }
    wanted = oneIn;
    if (watch != null) {
      watch.sample(oneIn);
      sampling = oneIn;
    }
  }

  String report() {
    return sampling == 0
        ? "retains are not recorded: setRetainSampling(1), or the agent option debug=true\n"
        : "1 in " + sampling + ": " + watch.report();
  }

  /** Whether retains are recorded, all or some. */
  public boolean isOn() {
    return sampling != 0;
  }

  /** A message of C with the stacks that it names by number. */
  public String explain(String message) {
    return sampling == 0 ? message : watch.explain(message);
  }

  void retained(long handle) {
    if (sampling != 0) {
      watch.retained(handle);
    }
  }

  void given(long handle) {
    if (sampling != 0) {
      watch.given(handle);
    }
  }

  void released(long handle) {
    if (sampling != 0) {
      watch.released(handle, !isCounted(handle));
    }
  }

  private boolean isCounted(long handle) {
    try {
      return counts.count(handle) > 0;
    } catch (HandleException e) {
      return false;
    }
  }

  /** Says where a handle that is used too late was released last, if that was recorded. */
  HandleException told(HandleException e, long handle) {
    return sampling == 0
        ? e
        : new HandleException(e.status(), e.getMessage() + watch.releasedAt(handle));
  }
}
