package dev.holdfast.layout;

import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;

/**
 * One value for each class loader, by identity: a loader's own {@code hashCode} and {@code equals}
 * are the program's code and are never called. Dropped when the loader dies; the value must not
 * refer to the loader. Any thread may ask, also from inside class loading: nothing blocks. The boot
 * loader, null, has a value too.
 */
public abstract class LoaderLocal<T> {
  private static final Object BOOT = new Object();

  private final ConcurrentHashMap<Object, T> values = new ConcurrentHashMap<>();
  private final ReferenceQueue<Object> dead = new ReferenceQueue<>();

  /**
   * A first value; asked for once too often when threads race. (Not a lambda: the first lambda of a
   * JVM costs more than all of this.)
   */
  protected abstract T initial();

  /** The loader's value, made now if there is none. */
  public final T of(ClassLoader loader) {
    T value = peek(loader);
    return value != null ? value : add(loader);
  }

  /** The loader's value, or null if it was never asked for. */
  public final T peek(ClassLoader loader) {
    return values.get(new Probe(identity(loader)));
  }

  /** Visits the living loaders. */
  public final void forEach(BiConsumer<ClassLoader, T> visitor) {
    values.forEach(
        (key, value) -> {
          Object loader = ((Key) key).get();
          if (loader != null) {
            visitor.accept(loader == BOOT ? null : (ClassLoader) loader, value);
          }
        });
  }

  private static Object identity(ClassLoader loader) {
    return loader == null ? BOOT : loader;
  }

  private T add(ClassLoader loader) {
    for (Reference<?> key = dead.poll(); key != null; key = dead.poll()) {
      values.remove(key);
    }
    T made = initial();
    T earlier = values.putIfAbsent(new Key(identity(loader), dead), made);
    return earlier != null ? earlier : made;
  }

  private static final class Key extends WeakReference<Object> {
    private final int hash;

    Key(Object loader, ReferenceQueue<Object> queue) {
      super(loader, queue);
      hash = System.identityHashCode(loader);
    }

    @Override
    public int hashCode() {
      return hash;
    }

    /**
     * Also asked by a {@link Probe}; a cleared key equals itself only, so that it can be removed.
     */
    @Override
    public boolean equals(Object other) {
      return this == other || (other instanceof Key key && get() != null && get() == key.get());
    }
  }

  /** A key for one look-up: equal to the key that refers to the same loader. */
  private record Probe(Object loader) {
    @Override
    public int hashCode() {
      return System.identityHashCode(loader);
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Key key && key.get() == loader;
    }
  }
}
