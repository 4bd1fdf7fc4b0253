package dev.holdfast.endtoend.app;

import dev.holdfast.Holdfast;
import dev.holdfast.HoldfastException;
import dev.holdfast.endtoend.support.Check;
import dev.holdfast.endtoend.support.OwnLoader;
import dev.holdfast.endtoend.support.Probe;
import java.lang.management.ManagementFactory;
import java.lang.management.MemoryPoolMXBean;
import java.lang.ref.WeakReference;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Queue;
import java.util.function.Function;

/**
 * A program that loads, uses and drops class loaders, each with managed classes of its own, as
 * servers and script engines do. C goes on holding an object of each for a while, and keeps some
 * handles when their classes are unloaded.
 */
public final class ClassChurn {
  private static final int LOADERS = 2_000;
  private static final int WARM = 400;
  private static final int STALE = -3;

  /** Loaders of which C holds an object. */
  private static final int HELD = 50;

  /** Less than the classes of 100 loaders need. */
  private static final long MAY_GROW = 2 << 20;

  private static final Queue<Long> IN_C = new ArrayDeque<>();

  private ClassChurn() {}

  public static void main(String[] args) throws Exception {
    List<WeakReference<ClassLoader>> loaders = new ArrayList<>();
    List<Long> kept = List.of();
    long warm = 0;
    Check.agentHasStarted(); // or its own classes come after the first look at Metaspace
    for (int i = 0; i < LOADERS; i++) {
      use(loaders, i);
      if (i % 200 == WARM % 200) {
        System.gc(); // or else 2,000 loaders may come and go between two collections
      }
      if (i == WARM) {
        warm = metaspace(loaders);
        kept = List.copyOf(IN_C);
        readable(kept, i - HELD + 1L);
      }
    }
    long end = metaspace(loaders);
    Check.that(end - warm < MAY_GROW, "Metaspace: " + warm + " bytes, then " + end);
    heldLoadersLive(loaders);
    IN_C.forEach(Probe.C::probe_release);
    Check.die(loaders, "all loaders");
    long unloaded = ManagementFactory.getClassLoadingMXBean().getUnloadedClassCount();
    Check.that(unloaded >= 2 * LOADERS, unloaded + " classes unloaded");
    Check.that(Holdfast.stats().staleUsesTotal() == 0, "no handle went stale while it was held");
    stale(kept);
  }

  private static void readable(List<Long> held, long first) {
    long[] seen = new long[1];
    for (int i = 0; i < held.size(); i++) {
      Check.equal(6, Probe.C.probe_read(held.get(i), null, "number", seen), "kind");
      Check.equal(first + i, seen[0], "an object of a class that only C holds");
    }
  }

  /** What C has kept of unloaded classes names nothing, and says so. */
  private static void stale(List<Long> lost) {
    for (long bits : lost) {
      Check.eventuallyAfterCollections("stale", () -> Probe.C.probe_count(bits) == 0 && isStale());
      String message = Check.fails(HoldfastException.class, () -> Holdfast.release(bits));
      Check.that(message.startsWith("HF_ESTALE"), message);
      Check.equal(0L, Probe.C.probe_retain(bits), "retained though stale");
      Check.that(isStale(), "HF_ESTALE: " + Probe.C.probe_error());
    }
  }

  private static boolean isStale() {
    return Probe.C.probe_status() == STALE;
  }

  /** In a method of its own: the interpreter keeps what a local variable refers to. */
  @SuppressWarnings("unchecked")
  private static void use(List<WeakReference<ClassLoader>> loaders, int number) throws Exception {
    OwnLoader loader = OwnLoader.childFirst(name -> name.startsWith(Guest.class.getName()));
    loaders.add(new WeakReference<>(loader));
    Class<?> guest = Class.forName(Guest.class.getName(), true, loader);
    Object[] made =
        ((Function<Integer, Object[]>) guest.getDeclaredConstructor().newInstance()).apply(number);
    long bits = Holdfast.retain(made[1]);
    Check.equal(bits, Probe.C.probe_retain(bits), "C's own count");
    Holdfast.release(bits);
    IN_C.add(bits);
    if (IN_C.size() > HELD) {
      Probe.C.probe_release(IN_C.remove());
    }
    long[] seen = new long[1];
    Check.equal(6, Probe.C.probe_read(IN_C.peek(), null, "number", seen), "kind");
    Check.equal(Math.max(0L, number - HELD + 1L), seen[0], "the number that C reads");
  }

  /** Once nothing lives but what C holds. */
  private static long metaspace(List<WeakReference<ClassLoader>> loaders) {
    Check.die(loaders.subList(0, loaders.size() - HELD), "loaders that C has let go of");
    for (MemoryPoolMXBean pool : ManagementFactory.getMemoryPoolMXBeans()) {
      if (pool.getName().equals("Metaspace")) {
        return pool.getUsage().getUsed();
      }
    }
    throw new AssertionError("this JVM has no pool named Metaspace");
  }

  private static void heldLoadersLive(List<WeakReference<ClassLoader>> loaders) {
    for (WeakReference<ClassLoader> loader : loaders.subList(LOADERS - HELD, LOADERS)) {
      Check.that(loader.get() != null, "a loader of whose objects C holds one lives");
    }
  }
}
