package dev.holdfast.hook;

import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicLong;
import jdk.internal.misc.Unsafe;

/**
 * Owned edges: references from one object to another that the JVM's collector sees, though no field
 * holds them. They hang on the owner's token, which is exchanged for a private one at the first.
 * The package page has the protocol. Any thread.
 */
public final class Edges {
  private static final Unsafe U = Raw.UNSAFE;
  private static final ReferenceQueue<PrivateCohort> DEAD = new ReferenceQueue<>();
  private static final Set<Counter> LIVING = ConcurrentHashMap.newKeySet();

  /** Goes on with the number of edges when their token is gone, and takes them off the sum. */
  private static final class Counter extends PhantomReference<PrivateCohort> {
    final AtomicLong edges;

    Counter(PrivateCohort token) {
      super(token, DEAD);
      edges = token.edges;
    }
  }

  private Edges() {}

  /**
   * Has the owner refer to the target, once more.
   *
   * @param handle the owner's, from before
   * @return false if it is not, or no longer, the owner's: nothing was done
   */
  public static boolean hold(Object owner, long handle, Object target) {
    Layout layout = ClassLayouts.of(owner.getClass());
    if (!layout.managed() || References.ready(owner, layout) != handle) {
      return false;
    }
    try {
      PrivateCohort token = own(owner, layout);
      token.hold(target);
      return true;
    } finally {
      Reference.reachabilityFence(owner);
    }
  }

  /** Takes one edge to the target away. Returns whether there was one. */
  public static boolean unhold(Object owner, Object target) {
    return Mirrors.cohortOf(owner) instanceof PrivateCohort token && token.unhold(target);
  }

  /** What the owner holds under this handle of a mirrored object, or null. */
  public static Object target(Object owner, long handle) {
    return Mirrors.cohortOf(owner) instanceof PrivateCohort token ? token.target(handle) : null;
  }

  private static PrivateCohort own(Object owner, Layout layout) {
    Cohort seen = (Cohort) U.getReferenceOpaque(owner, layout.cohortOffset);
    if (seen instanceof PrivateCohort own) {
      return own;
    }
    PrivateCohort fresh = new PrivateCohort(seen);
    PrivateCohort installed = LateAdoption.makePrivate(owner, layout, fresh);
    if (installed == fresh) {
      forget();
      LIVING.add(new Counter(fresh));
    }
    return installed;
  }

  private static void forget() {
    Reference<? extends PrivateCohort> dead;
    while ((dead = DEAD.poll()) != null) {
      LIVING.remove(dead);
    }
  }

  /** How many edges the living owners have. Costs a step for each owner. */
  public static long living() {
    forget();
    long sum = 0;
    for (Counter counter : LIVING) {
      sum += counter.edges.get();
    }
    return sum;
  }
}
