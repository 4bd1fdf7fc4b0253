package dev.holdfast.collect;

import dev.holdfast.hook.Edges;
import dev.holdfast.table.HandleException;
import dev.holdfast.table.Status;

/** Owned edges as C asks for them, by handles. Any thread. */
public final class OwnedEdges {
  private final Engine engine;

  OwnedEdges(Engine engine) {
    this.engine = engine;
  }

  /**
   * Has a counted, mirrored object refer to another counted one.
   *
   * @throws HandleException as {@link Engine#resolve}; EUNMANAGED if the owner has no mirror
   */
  public void hold(long owner, long target) {
    Object holder = engine.resolve(owner);
    Object held = engine.resolve(target);
    if (!engine.isManaged(holder) || !Edges.hold(holder, owner, held)) {
      throw new HandleException(
          Status.EUNMANAGED, holder.getClass().getName() + ": has no mirror, so it owns no edges");
    }
  }

  /**
   * Takes one such reference away. The target needs no count if it has a mirror.
   *
   * @throws HandleException as {@link #hold}; EINVAL if there is no such edge
   */
  public void unhold(long owner, long target) {
    Object holder = engine.resolve(owner);
    if (!engine.isManaged(holder)) {
      throw new HandleException(Status.EUNMANAGED, holder.getClass().getName() + ": no mirror");
    }
    Object held = Edges.target(holder, target);
    if (!Edges.unhold(holder, held == null ? engine.resolve(target) : held)) {
      throw new HandleException(
          Status.EINVAL,
          "0x" + Long.toHexString(owner) + " does not hold 0x" + Long.toHexString(target));
    }
  }
}
