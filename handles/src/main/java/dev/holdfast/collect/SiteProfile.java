package dev.holdfast.collect;

import dev.holdfast.hook.AllocationSite;
import dev.holdfast.hook.Layout;
import dev.holdfast.layout.Layouts;
import dev.holdfast.space.SampleRef;
import dev.holdfast.stats.SiteFigures;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.function.Consumer;

/**
 * Judges allocation sites by samples: one that outlives two collections of the JVM has survived.
 * Program threads add samples; verdicts and decisions are the collector's thread's.
 */
final class SiteProfile implements Consumer<SampleRef> {
  /** Verdicts before a decision (V8's pretenuring begins with the same numbers). */
  private static final int ENOUGH = 100;

  private static final double TENURE_FROM = 0.85;

  /** Well below, so that a site at the border does not go to and fro. */
  private static final double REVERT_BELOW = 0.5;

  /** With so many verdicts the old ones are halved: a site may change its habits. */
  private static final int FORGET_AT = 400;

  /**
   * When the third collection is seen, all deaths of the second have been told; and one that was
   * born after a collection that was seen late has outlived two all the same.
   */
  private static final int COLLECTIONS = 3;

  private final boolean on;
  private final Map<Integer, Evidence> sites = new ConcurrentHashMap<>();

  /** In the order of their birth, nearly. */
  private final ConcurrentLinkedQueue<SampleRef> waiting = new ConcurrentLinkedQueue<>();

  /** Written by the collector's thread; others may read a value that is a little old. */
  private static final class Evidence {
    private final AllocationSite site;
    private long survived;
    private long died;
    private long decisions;
    private String last = "";

    Evidence(AllocationSite site) {
      this.site = site;
    }

    void verdict(boolean hasSurvived) {
      if (hasSurvived) {
        survived++;
      } else {
        died++;
      }
      long all = survived + died;
      double share = (double) survived / all;
      if (all >= ENOUGH && (site.tenured() ? share < REVERT_BELOW : share >= TENURE_FROM)) {
        decisions++;
        last = survived + " of " + all + " survived";
        survived = 0;
        died = 0;
        site.tenured(!site.tenured());
      } else if (all >= FORGET_AT) {
        survived /= 2;
        died /= 2;
      }
    }

    SiteFigures figures() {
      return Layouts.siteFigures(site.key, site.tenured(), survived, died, last, decisions);
    }
  }

  SiteProfile(boolean on) {
    this.on = on;
  }

  /** The layout for a site: of its own if it is judged. Any thread. */
  Layout layoutFor(int siteKey, Layout ofClass) {
    if (!on || !ofClass.managed() || !ofClass.clean) {
      return ofClass;
    }
    Evidence known = sites.get(siteKey);
    if (known == null) {
      Evidence made = new Evidence(AllocationSite.of(siteKey, ofClass));
      Evidence earlier = sites.putIfAbsent(siteKey, made);
      known = earlier == null ? made : earlier;
    }
    return known.site.layout();
  }

  /** A sample is born. Any thread. */
  @Override
  public void accept(SampleRef sample) {
    waiting.add(sample); // which an Error may prevent
    sample.site().sampled();
  }

  /** A sample has died. */
  void died(SampleRef sample) {
    verdict(sample, false);
  }

  /** The JVM has collected for the {@code collections}th time: who has waited long enough lives. */
  void collected(long collections) {
    SampleRef oldest;
    while ((oldest = waiting.peek()) != null && oldest.bornAt() + COLLECTIONS <= collections) {
      waiting.poll();
      verdict(oldest, true);
    }
  }

  private void verdict(SampleRef sample, boolean survived) {
    if (sample.judge()) {
      sample.site().judged();
      Evidence evidence = sites.get(sample.site().key);
      if (evidence != null) {
        evidence.verdict(survived);
      }
    }
  }

  /** What people see; any thread. */
  List<SiteFigures> figures() {
    List<SiteFigures> rows = new ArrayList<>();
    for (Evidence evidence : sites.values()) {
      SiteFigures row = evidence.figures();
      if (row != null) {
        rows.add(row);
      }
    }
    return rows;
  }
}
