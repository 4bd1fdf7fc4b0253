package dev.holdfast.hook;

import java.util.IdentityHashMap;
import java.util.concurrent.atomic.AtomicLong;

/**
 * The token of one object that owns edges, in place of the one that it shared: it names the same
 * entry and keeps the shared one alive, so nothing but its identity tells them apart. What it holds
 * is reachable through its object alone.
 */
final class PrivateCohort extends Cohort {
  /** Whose clearing tells of the cohort's death; never read, but kept. */
  @SuppressWarnings("UnusedVariable")
  private final Cohort shared;

  /** How often each target is held; guarded by this. */
  private final IdentityHashMap<Object, Integer> targets = new IdentityHashMap<>(2);

  /** The number of edges, for who outlives this token. */
  final AtomicLong edges = new AtomicLong();

  PrivateCohort(Cohort shared) {
    super(shared.entry, shared.handle);
    this.shared = shared;
  }

  synchronized void hold(Object target) {
    targets.merge(target, 1, Integer::sum);
    edges.incrementAndGet();
  }

  /** Returns whether there was such an edge. */
  synchronized boolean unhold(Object target) {
    Integer held = targets.get(target);
    if (held == null) {
      return false;
    }
    if (held == 1) {
      targets.remove(target);
    } else {
      targets.put(target, held - 1);
    }
    edges.decrementAndGet();
    return true;
  }

  /** The target with this handle, or null. */
  synchronized Object target(long handle) {
    for (Object target : targets.keySet()) {
      if (Mirrors.handleOf(target) == handle) {
        return target;
      }
    }
    return null;
  }
}
