package dev.holdfast.agent;

import dev.holdfast.agent.rewrite.HoldfastTransformer;
import dev.holdfast.layout.FieldShape;
import dev.holdfast.stats.Log;
import java.util.AbstractMap;
import java.util.Map;
import java.util.Set;
import jdk.internal.misc.Unsafe;
import jdk.internal.reflect.Reflection;

/**
 * Hides the hidden fields from {@code Class.getDeclaredFields}.
 *
 * <p>The JDK keeps a map from classes to the names of fields that reflection does not show. Its own
 * way to add to it, {@code Reflection.registerFieldsToFilter}, needs the class as an object, which
 * nobody has before the program has it too, and keeps the class and its loader alive for ever. So
 * the map itself is replaced by this one, which knows the answer for every rewritten class from the
 * moment on that it is defined, in any loader, and holds none of them.
 *
 * <p>When the JDK registers more names of its own it copies the entries into a new map and drops
 * this one. So the classes that do are initialised first; should a JDK have more of them, this map
 * is put back when the next class is rewritten.
 */
final class HiddenFieldFilter extends AbstractMap<Class<?>, Set<String>> {
  private static final Set<String> HIDDEN = Set.of(FieldShape.COHORT, FieldShape.SLOT);
  private static final String MAP = "fieldFilterMap";
  private static final Unsafe UNSAFE = Unsafe.getUnsafe();

  /** What registers fields in its static initialiser, in JDK 17 to 25; the last only in older. */
  private static final String[] REGISTRARS = {
    "jdk.internal.reflect.Reflection",
    "java.lang.invoke.MethodHandles$Lookup",
    "jdk.internal.reflect.ConstantPool",
    "jdk.internal.reflect.UnsafeStaticFieldAccessorImpl",
  };

  private final Map<Class<?>, Set<String>> ofTheJdk;
  private final HoldfastTransformer transformer;

  private HiddenFieldFilter(Map<Class<?>, Set<String>> ofTheJdk, HoldfastTransformer transformer) {
    this.ofTheJdk = ofTheJdk;
    this.transformer = transformer;
  }

  /** Starts hiding; where the JDK has no such map the fields are seen, and a line says so. */
  static void install(HoldfastTransformer transformer) {
    try {
      long offset = UNSAFE.objectFieldOffset(Reflection.class, MAP);
      for (String registrar : REGISTRARS) {
        initialize(registrar);
      }
      putInPlace(offset, transformer);
      transformer.beforeHiddenFields(new PutBack(offset, transformer));
    } catch (InternalError | LinkageError | RuntimeException e) { // the first: no such field
      Log.warn(
          "this JDK does not hide fields (" + e + "): getDeclaredFields shows $cohort and $slot");
    }
  }

  private static void initialize(String registrar) {
    try {
      Class.forName(registrar, true, null);
    } catch (ClassNotFoundException e) {
      // not in this JDK
    }
  }

  /** No lambda: the first in a JVM costs more than all of this. */
  private record PutBack(long offset, HoldfastTransformer transformer) implements Runnable {
    @Override
    public void run() {
      putInPlace(offset, transformer);
    }
  }

  @SuppressWarnings("unchecked")
  private static void putInPlace(long offset, HoldfastTransformer transformer) {
    Object map = UNSAFE.getReferenceVolatile(Reflection.class, offset);
    while (!(map instanceof HiddenFieldFilter)) {
      HiddenFieldFilter filter =
          new HiddenFieldFilter((Map<Class<?>, Set<String>>) map, transformer);
      UNSAFE.compareAndSetReference(Reflection.class, offset, map, filter);
      map = UNSAFE.getReferenceVolatile(Reflection.class, offset);
    }
  }

  @Override
  public Set<String> get(Object type) {
    Set<String> names = ofTheJdk.get(type);
    return names == null && type instanceof Class<?> c && transformer.hasHiddenFields(c)
        ? HIDDEN
        : names;
  }

  @Override
  public Set<Entry<Class<?>, Set<String>>> entrySet() {
    return ofTheJdk.entrySet();
  }
}
