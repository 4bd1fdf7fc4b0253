package dev.holdfast;

import com.sun.jna.Callback;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * What a callback object has as the implementation of an interface, for as long as it lives. The
 * object itself counts, not what its {@code equals} says, and one that implements two interfaces
 * has two entries. For any thread.
 */
final class CallbackTable<V> {
  private final Map<Key, V> entries = new HashMap<>(); // guarded by this
  private final ReferenceQueue<Callback> dead = new ReferenceQueue<>();
  private final Consumer<V> heir;

  /**
   * @param heir is given what dead callbacks had, before the next callback asks
   */
  CallbackTable(Consumer<V> heir) {
    this.heir = heir;
  }

  /** What there is, or else what {@code maker} makes; it must not keep the callback. */
  synchronized V of(Callback callback, Class<?> type, Supplier<V> maker) {
    for (Reference<?> one = dead.poll(); one != null; one = dead.poll()) {
      heir.accept(entries.remove(one));
    }
    try {
      return entries.computeIfAbsent(new Key(callback, type, dead), key -> maker.get());
    } finally {
      Reference.reachabilityFence(callback); // or the key that only looks might be told as dead too
    }
  }

  private static final class Key extends WeakReference<Callback> {
    private final Class<?> type;
    private final int hash;

    Key(Callback callback, Class<?> type, ReferenceQueue<Callback> dead) {
      super(callback, dead);
      this.type = type;
      this.hash = 31 * System.identityHashCode(callback) + type.hashCode();
    }

    @Override
    public int hashCode() {
      return hash;
    }

    /** A key whose callback has died equals itself alone. */
    @Override
    public boolean equals(Object other) {
      if (this == other) {
        return true;
      }
      Callback ours = get();
      return ours != null && other instanceof Key key && key.type == type && key.refersTo(ours);
    }
  }
}
