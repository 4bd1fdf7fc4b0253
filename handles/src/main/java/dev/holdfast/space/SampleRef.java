package dev.holdfast.space;

import dev.holdfast.arena.Chunk;
import dev.holdfast.hook.AllocationSite;
import dev.holdfast.hook.Cohort;
import java.lang.ref.ReferenceQueue;

/** The reference of a cohort of one object, by which its site is judged. */
public final class SampleRef extends CohortRef {
  private final AllocationSite site;
  private final long bornAt;
  private boolean judged;

  SampleRef(
      Cohort token,
      ReferenceQueue<Cohort> queue,
      int index,
      int stamp,
      int bytes,
      Chunk chunk,
      AllocationSite site,
      long bornAt) {
    super(token, queue, index, stamp, bytes, chunk);
    this.site = site;
    this.bornAt = bornAt;
  }

  public AllocationSite site() {
    return site;
  }

  /** JVM collections seen when it was born. */
  public long bornAt() {
    return bornAt;
  }

  /** Whether this is its first verdict. Collector's thread. */
  public boolean judge() {
    boolean first = !judged;
    judged = true;
    return first;
  }
}
