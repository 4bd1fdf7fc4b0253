package dev.holdfast.endtoend.app;

import com.sun.jna.Native;
import dev.holdfast.endtoend.support.Check;
import java.lang.ref.Reference;
import java.lang.reflect.Field;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;

/**
 * Objects that have a finalizer, on both sides of JNA's one in the JVM's list of them. The argument
 * says whether JNA's is still there once the agent has started; the program's own are, and run.
 */
public final class Finalizers {
  private static final int SOME = 3;
  private static final AtomicInteger FINALIZED = new AtomicInteger();
  private static final List<Object> KEPT = new ArrayList<>();

  private Finalizers() {}

  static final class Item {
    int number;
  }

  private static final class Own {
    @Override
    @SuppressWarnings({"deprecation", "removal", "Finalize"})
    protected void finalize() {
      FINALIZED.incrementAndGet();
    }
  }

  public static void main(String[] args) throws ReflectiveOperationException {
    makeSome();
    KEPT.add(new Item()); // a managed class, for which the agent's late start waits
    Check.agentHasStarted();
    makeSome();
    Field jna = Native.class.getDeclaredField("finalizer");
    jna.setAccessible(true);
    Check.equal(Boolean.valueOf(args[0]), isListed(jna.get(null)), "JNA's is listed");
    for (Object kept : KEPT) {
      Check.equal(kept instanceof Own, isListed(kept), "listed: " + kept);
    }
    KEPT.clear();
    Check.eventuallyAfterCollections(
        "all but one are finalized", // which the loop's variable may still refer to
        () -> FINALIZED.get() >= 2 * SOME - 1);
  }

  private static void makeSome() {
    for (int i = 0; i < SOME; i++) {
      KEPT.add(new Own());
    }
  }

  private static boolean isListed(Object finalizable) throws ReflectiveOperationException {
    Class<?> type = Class.forName("java.lang.ref.Finalizer");
    synchronized (field(type, "lock").get(null)) {
      Object finalizer = field(type, "unfinalized").get(null);
      while (finalizer != null && !refers((Reference<?>) finalizer, finalizable)) {
        finalizer = field(type, "next").get(finalizer);
      }
      return finalizer != null;
    }
  }

  @SuppressWarnings("unchecked")
  private static boolean refers(Reference<?> finalizer, Object finalizable) {
    return ((Reference<Object>) finalizer).refersTo(finalizable);
  }

  private static Field field(Class<?> type, String name) throws NoSuchFieldException {
    Field field = type.getDeclaredField(name);
    field.setAccessible(true);
    return field;
  }
}
