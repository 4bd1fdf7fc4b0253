package dev.holdfast.agent.rewrite;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;

/**
 * One value for each class loader, dropped when the loader dies. The value must not refer to the
 * loader. Any thread may ask, also from inside class loading: nothing blocks.
 */
abstract class LoaderLocal<T> {
  private final ConcurrentHashMap<Object, T> values = new ConcurrentHashMap<>();
  private final ReferenceQueue<ClassLoader> dead = new ReferenceQueue<>();

  /** A first value. (No lambda: the first in a JVM costs more than all of this.) */
  abstract T initial();

  /** The loader's value, made now if there is none. */
  T of(ClassLoader loader) {
    T value = values.get(new Probe(loader));
    return value != null ? value : add(loader);
  }

  private T add(ClassLoader loader) {
    for (Reference<?> key = dead.poll(); key != null; key = dead.poll()) {
      values.remove(key);
    }
    T made = initial();
    T earlier = values.putIfAbsent(new Key(loader, dead), made);
    return earlier != null ? earlier : made;
  }

  private interface Named {
    ClassLoader loader();
  }

  private static boolean same(Object one, Object other) {
    return one == other
        || (one instanceof Named a
            && other instanceof Named b
            && a.loader() != null
            && a.loader() == b.loader());
  }

  private static final class Key extends WeakReference<ClassLoader> implements Named {
    private final int hash;

    Key(ClassLoader loader, ReferenceQueue<ClassLoader> queue) {
      super(loader, queue);
      hash = System.identityHashCode(loader);
    }

    @Override
    public ClassLoader loader() {
      return get();
    }

    @Override
    public int hashCode() {
      return hash;
    }

    @Override
    public boolean equals(Object other) {
      return same(this, other);
    }
  }

  /** A key for one look-up. */
  private record Probe(ClassLoader loader) implements Named {
    @Override
    public int hashCode() {
      return System.identityHashCode(loader);
    }

    @Override
    public boolean equals(Object other) {
      return same(this, other);
    }
  }
}
