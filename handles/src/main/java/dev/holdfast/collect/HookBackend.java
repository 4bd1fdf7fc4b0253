package dev.holdfast.collect;

import dev.holdfast.arena.RuntimeBlock;
import dev.holdfast.hook.Allotment;
import dev.holdfast.hook.Backend;
import dev.holdfast.hook.Cohort;
import dev.holdfast.hook.HookState;
import dev.holdfast.hook.Layout;
import dev.holdfast.layout.FieldSites;
import dev.holdfast.layout.Layouts;
import dev.holdfast.space.Nursery;

/** What the hooks call, on the program's threads. */
final class HookBackend extends Backend {
  private final RuntimeBlock block;
  private final Layouts layouts;
  private final FieldSites fieldSites;
  private final Nursery nursery;
  private final Collector collector;

  HookBackend(RuntimeBlock block, Layouts layouts, Nursery nursery, Collector collector) {
    this.block = block;
    this.layouts = layouts;
    this.fieldSites = new FieldSites(layouts);
    this.nursery = nursery;
    this.collector = collector;
  }

  @Override
  protected Layout describe(Class<?> type) {
    return layouts.describe(type);
  }

  @Override
  protected Layout resolveSite(int classKey, Class<?> type) {
    return layouts.describe(type); // NEW makes objects of exactly the class that the key names
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
  protected Allotment allot() {
    collector.drainReleased();
    Allotment run = nursery.allot();
    if (run == null) {
      collector.full();
    }
    return run;
  }

  @Override
  protected Cohort allotLarge(int slots) {
    Cohort cohort = nursery.allotLarge(slots);
    if (cohort == null) {
      collector.full();
    }
    return cohort;
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
    if (!HookState.full()) {
      collector.run(() -> collector.zeal(latest));
    }
  }
}
