package dev.holdfast.collect;

import dev.holdfast.hook.HookState;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.HashMap;
import java.util.Map;

/**
 * Native data that C has tied to objects, of any class, one for each key and object. When the
 * object has died (its phantom reference is cleared, so no finalizer brings it back) the data's
 * destroy function is called, once, on a thread of its own, {@code holdfast-peers}: it may take its
 * time and call Java, and the collector never waits for it.
 *
 * <p>A peer is in one place at a time: in the table, whose lock each change takes, or on the queue,
 * which gives each element to its thread once; that keeps it until it is destroyed, whatever an
 * OutOfMemoryError prevents. Any thread.
 */
public final class Peers implements Runnable {
  private static final long RETRY_MILLIS = 20;

  private static final class Peer {
    final long data;
    final long destroy;
    boolean destroyed; // the peers' thread

    Peer(long data, long destroy) {
      this.data = data;
      this.destroy = destroy;
    }
  }

  /** An object's peers by key; tells of its death. */
  private static final class Tie extends PhantomReference<Object> {
    final int hash;
    final Map<Long, Peer> peers = new HashMap<>(2);

    Tie(Object object, ReferenceQueue<Object> queue) {
      super(object, queue);
      hash = System.identityHashCode(object);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(Object other) {
      return this == other;
    }
  }

  /** Finds an object's tie in the table. */
  private record Sought(Object object) {
    @Override
    public int hashCode() {
      return System.identityHashCode(object);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Tie tie && tie.refersTo(object);
    }
  }

  /** A peer that was replaced while its object lives. */
  private static final class Replaced extends PhantomReference<Object> {
    final Peer peer;

    Replaced(Peer peer, ReferenceQueue<Object> queue) {
      super(null, queue);
      this.peer = peer;
    }
  }

  private final Map<Object, Tie> ties = new HashMap<>();
  private final ReferenceQueue<Object> queue = new ReferenceQueue<>();
  private long living;
  private Thread thread;
  private Reference<?> unfinished; // of the peers' thread
  private volatile NativeOps ops;
  private volatile boolean stopped;

  /** libholdfast is here, which calls C's functions. */
  void attach(NativeOps nativeOps) {
    ops = nativeOps;
  }

  /** The JVM ends: what is left is not destroyed any more. */
  void stop() {
    stopped = true;
  }

  /**
   * Ties data to an object, in place of what was there.
   *
   * @param data 0 for nothing: takes away what was there
   * @param destroy C's {@code void (*)(void *)}, 0 for none
   */
  public void set(Object object, long key, long data, long destroy) {
    try {
      set(object, key, data == 0 ? null : new Peer(data, destroy));
    } finally {
      Reference.reachabilityFence(object); // so its tie cannot be dead before it is in the table
    }
  }

  private synchronized void set(Object object, long key, Peer peer) {
    Tie tie = ties.get(new Sought(object));
    if (tie == null) {
      if (peer == null) {
        return;
      }
      begin();
      tie = new Tie(object, queue);
      ties.put(tie, tie);
    }
    Peer before = tie.peers.get(key);
    Replaced replaced = before == null ? null : new Replaced(before, queue);
    if (peer == null) {
      tie.peers.remove(key);
    } else {
      tie.peers.put(key, peer);
    }
    living += (peer == null ? 0 : 1) - (before == null ? 0 : 1);
    if (tie.peers.isEmpty()) {
      ties.remove(tie);
      tie.clear();
    }
    if (replaced != null) {
      replaced.enqueue();
    }
  }

  /** What is tied to an object, or 0. */
  public synchronized long get(Object object, long key) {
    Tie tie = ties.get(new Sought(object));
    Peer peer = tie == null ? null : tie.peers.get(key);
    return peer == null ? 0 : peer.data;
  }

  /** Peers of living objects. */
  synchronized long living() {
    return living;
  }

  private void begin() {
    if (thread == null) {
      thread = SystemThread.of(this, "holdfast-peers");
      thread.start();
    }
  }

  @Override
  public void run() {
    while (!stopped) {
      guarded();
    }
  }

  /** As the collector's thread, this one outlives whatever is thrown: see there. */
  @SuppressWarnings({"finally", "Finally"})
  private void guarded() {
    try {
      if (unfinished == null) {
        unfinished = queue.remove();
      } else {
        Thread.sleep(RETRY_MILLIS); // an OutOfMemoryError came between
      }
      finish(unfinished);
      unfinished = null;
    } catch (Throwable e) {
      boolean again = e instanceof OutOfMemoryError || e instanceof InterruptedException;
      unfinished = again ? unfinished : null;
      HookState.failed(e);
    } finally {
      return;
    }
  }

  private void finish(Reference<?> next) {
    if (next instanceof Replaced replaced) {
      destroy(replaced.peer);
    } else if (next instanceof Tie tie) {
      forget(tie);
      tie.peers.values().forEach(this::destroy);
    }
  }

  private synchronized void forget(Tie tie) {
    if (ties.remove(tie) != null) {
      living -= tie.peers.size();
    }
  }

  private void destroy(Peer peer) {
    if (peer.destroy != 0 && !peer.destroyed && !stopped) {
      ops.destroy(peer.destroy, peer.data);
    }
    peer.destroyed = true;
  }
}
