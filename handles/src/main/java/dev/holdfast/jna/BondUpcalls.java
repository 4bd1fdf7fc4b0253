package dev.holdfast.jna;

import com.sun.jna.Callback;
import dev.holdfast.collect.Engine;
import java.util.List;

/** What C asks of Java about weak handles, owned edges and peers; see {@link Upcalls}. */
final class BondUpcalls {
  interface WeakNew extends Callback {
    long make(long handle, long status);
  }

  interface WeakGet extends Callback {
    long get(long weak, long status);
  }

  interface WeakFree extends Callback {
    long free(long weak);
  }

  interface Edge extends Callback {
    long change(long owner, long target);
  }

  interface PeerSet extends Callback {
    long set(long handle, long key, long data, long destroy);
  }

  interface PeerGet extends Callback {
    long get(long handle, long key, long status);
  }

  private final Engine engine;

  BondUpcalls(Engine engine) {
    this.engine = engine;
  }

  List<Callback> inOrder() {
    return List.of(
        (WeakNew) this::weakNew,
        (WeakGet) this::weakGet,
        (WeakFree) weak -> Outcome.status(() -> engine.weak().free(weak)),
        (Edge) (owner, target) -> Outcome.status(() -> engine.edges().hold(owner, target)),
        (Edge) (owner, target) -> Outcome.status(() -> engine.edges().unhold(owner, target)),
        (PeerSet) this::peerSet,
        (PeerGet) this::peerGet);
  }

  private long weakNew(long handle, long status) {
    return Outcome.value(status, () -> engine.weak().make(engine.resolve(handle)));
  }

  private long weakGet(long weak, long status) {
    return Outcome.value(
        status,
        () -> {
          Object object = engine.weak().get(weak);
          return object == null ? 0 : engine.give(object);
        });
  }

  private long peerSet(long handle, long key, long data, long destroy) {
    return Outcome.status(() -> engine.peers().set(engine.resolve(handle), key, data, destroy));
  }

  private long peerGet(long handle, long key, long status) {
    return Outcome.value(status, () -> engine.peers().get(engine.resolve(handle), key));
  }
}
