package dev.holdfast.endtoend.app;

import dev.holdfast.Handle;
import dev.holdfast.Holdfast;
import dev.holdfast.endtoend.support.Check;
import dev.holdfast.endtoend.support.Mirror;
import dev.holdfast.endtoend.support.OwnLoader;
import dev.holdfast.endtoend.support.Probe;
import java.lang.ref.WeakReference;
import java.util.List;
import java.util.function.Function;

/** Classes of the same name in several loaders, one of which delegates only {@code java.*}. */
public final class Loaders {
  private Loaders() {}

  private static boolean isGuest(String name) {
    return name.startsWith(Guest.class.getName());
  }

  public static void main(String[] args) throws Exception {
    // In methods of their own: the interpreter keeps what a local variable refers to.
    List<WeakReference<ClassLoader>> loaders = use();
    Check.dies(loaders.get(0), "the loader of unloaded classes");
    Check.dies(loaders.get(1), "the loader that delegates only java.*");
  }

  private static List<WeakReference<ClassLoader>> use() throws ReflectiveOperationException {
    OwnLoader one = OwnLoader.childFirst(Loaders::isGuest);
    OwnLoader other = OwnLoader.javaOnly(Loaders::isGuest);
    Object[] ours = new Guest().apply(1);
    Object[] ones = in(one, 2);
    Object[] others = in(other, 3);
    Check.that(ones[0].getClass() != others[0].getClass(), "classes of different loaders");
    Check.equal(ones[0].getClass().getName(), others[0].getClass().getName(), "of one name");
    Mirror.checkAll(ours);
    Mirror.checkAll(ones);
    Mirror.checkAll(others);
    apart(ours[1], ones[1], others[1]);
    return List.of(new WeakReference<>(one), new WeakReference<>(other));
  }

  @SuppressWarnings("unchecked")
  private static Object[] in(ClassLoader loader, int number) throws ReflectiveOperationException {
    Class<?> guest = Class.forName(Guest.class.getName(), true, loader);
    Check.that(guest.getClassLoader() == loader, "its own class");
    Function<Integer, Object[]> made =
        (Function<Integer, Object[]>) guest.getDeclaredConstructor().newInstance();
    return made.apply(number);
  }

  /** The same fields at the same places, so C reads all three alike. */
  private static void apart(Object... parts) {
    for (int i = 0; i < parts.length; i++) {
      try (Handle handle = Holdfast.handle(parts[i])) {
        long[] seen = new long[1];
        Check.equal(6, Probe.C.probe_read(handle.bits(), null, "number", seen), "kind");
        Check.equal(i + 1L, seen[0], "number");
      }
    }
  }
}
