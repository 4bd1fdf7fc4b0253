package dev.holdfast.collect;

import dev.holdfast.arena.RuntimeBlock;
import dev.holdfast.hook.AllocationSite;
import dev.holdfast.hook.Allotment;
import dev.holdfast.hook.Backend;
import dev.holdfast.hook.Cohort;
import dev.holdfast.hook.HookState;
import dev.holdfast.hook.Layout;
import dev.holdfast.layout.FieldSites;
import dev.holdfast.layout.Layouts;

/** What the hooks call, on the program's threads. */
final class HookBackend extends Backend {
  private final RuntimeBlock block;
  private final Layouts layouts;
  private final FieldSites fieldSites;
  private final Spaces spaces;
  private final SiteProfile profile;
  private final Collector collector;

  HookBackend(
      RuntimeBlock block,
      Layouts layouts,
      Spaces spaces,
      SiteProfile profile,
      Collector collector) {
    this.block = block;
    this.layouts = layouts;
    this.fieldSites = new FieldSites(layouts);
    this.spaces = spaces;
    this.profile = profile;
    this.collector = collector;
  }

  @Override
  protected Layout describe(Class<?> type) {
    return layouts.describe(type);
  }

  @Override
  protected Layout resolveSite(int siteKey, Class<?> type) {
    // NEW makes objects of exactly the class that the key names
    return profile.layoutFor(siteKey, layouts.describe(type));
  }

  @Override
  protected long[] resolveField(int fieldKey, Class<?> type) {
    return fieldSites.resolveField(fieldKey, type);
  }

  @Override
  protected long resolveTargets(int fieldKey, Class<?> owner, Class<?> held) {
    return fieldSites.resolveTargets(fieldKey, owner, held);
  }

  @Override
  protected int cohortSlots() {
    return spaces.nursery().slots();
  }

  @Override
  protected Allotment allot(boolean inOldSpace) {
    if (isAmidst()) {
      return null;
    }
    collector.drainReleased();
    Allotment run = inOldSpace ? spaces.tenured().allot() : spaces.nursery().allot();
    if (run == null) {
      collector.full();
    }
    return run;
  }

  @Override
  protected Cohort allotLarge(int slots) {
    if (isAmidst()) {
      return null;
    }
    Cohort cohort = spaces.nursery().allotLarge(slots);
    if (cohort == null) {
      collector.full();
    }
    return cohort;
  }

  @Override
  protected Cohort allotSample(int slots, AllocationSite site) {
    if (isAmidst()) {
      return null;
    }
    return (site.tenured() ? spaces.tenured() : spaces.nursery()).allotSample(slots, site, profile);
  }

  /**
   * Whether this thread is changing the spaces just now. Other agents put code into classes of the
   * JDK that are used there (Mockito into {@code ArrayList}, when it is mocked); if that is managed
   * too, it makes objects in the middle of the change. They go without mirrors.
   */
  private boolean isAmidst() {
    return Thread.holdsLock(spaces.arena())
        || Thread.holdsLock(spaces.nursery())
        || Thread.holdsLock(spaces.tenured())
        || Thread.holdsLock(spaces.old());
  }

  @Override
  protected void heavyFence() {
    collector.heavyFence();
  }

  @Override
  protected long newRecord(long tid) {
    return block.newRecord(tid);
  }

  @Override
  protected void zeal(Cohort latest) {
    if (!HookState.full() && !collector.isCurrentThread() && !isAmidst()) {
      collector.run(() -> collector.zeal(latest));
    }
  }
}
