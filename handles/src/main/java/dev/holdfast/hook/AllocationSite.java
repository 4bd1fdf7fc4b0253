package dev.holdfast.hook;

import java.util.concurrent.atomic.AtomicInteger;

/**
 * A place in rewritten code where objects are made, and whether they go to old space at once. Some
 * of its objects are samples: each has a cohort of its own, so that its death is told for itself.
 * The evidence and the decision are the collector's.
 */
public final class AllocationSite {
  /** Samples that may wait for a verdict: the cost of sampling does not grow with allocation. */
  public static final int SAMPLES_MOST = 128;

  /** What stands in the code. */
  public final int key;

  /** What the hook is given for this site. */
  final Layout layout;

  private final AtomicInteger waiting = new AtomicInteger();

  AllocationSite(int key, Layout of) {
    this.key = key;
    this.layout = of.at(this);
  }

  /** For the collector, once for each key; the classes it knows are those of {@code of}. */
  public static AllocationSite of(int key, Layout of) {
    return new AllocationSite(key, of);
  }

  /** What hooks are to use. */
  public Layout layout() {
    return layout;
  }

  /** Whether its objects open their cohorts in old space. */
  public boolean tenured() {
    return layout.tenured;
  }

  /** Collector's thread; hooks go by it soon, and before that by the last decision. */
  public void tenured(boolean now) {
    layout.tenured = now;
  }

  boolean wantsSample() {
    return waiting.get() < SAMPLES_MOST;
  }

  /** A sample was born. */
  public void sampled() {
    waiting.incrementAndGet();
  }

  /** A sample has had its verdict. */
  public void judged() {
    waiting.decrementAndGet();
  }
}
