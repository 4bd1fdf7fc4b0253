package dev.holdfast.hook;

import java.lang.invoke.VarHandle;
import java.util.Arrays;
import jdk.internal.vm.annotation.DontInline;

/**
 * The switches and tables of the hooks. Tables grow by copying under the class's lock; a hook that
 * reads an old table finds nothing there and asks again.
 */
public final class HookState {
  static final int STRIDE_SHIFT = 2;
  static final int OFFSETS = 1;
  static final int TARGETS = 2;

  private static volatile Backend backend;
  private static volatile boolean full;
  private static int cohortSlots = HandleBits.SLOTS;

  /** By site key: the layout of the class that an allocation site names. */
  static Layout[] sites = new Layout[0];

  /**
   * By field key, four longs each: {@link FieldSpec}; {@link Layout#offsets()} of the owner; for a
   * reference field those of its targets, 0 before one was seen, or {@link References#BY_CLASS};
   * and one unused.
   */
  static long[] fields = new long[0];

  /** Whether allocation sites adopt; off in demand mode and after {@code disableAdoption()}. */
  static boolean adopting;

  /** Something moves at every n-th adoption of a thread; 0 off. */
  static int zeal;

  /** Whether some objects are samples by which sites are judged. */
  static boolean profiling;

  /** What {@code Thread.stop} throws; null in a JDK that has it no more. */
  private static final Class<?> THREAD_DEATH = threadDeath();

  /** What is thrown where no memory or stack is left; found before, since to find it takes some. */
  private static final Class<?> NO_ROOM = VirtualMachineError.class;

  /** Failures inside hooks; each was kept from the program. */
  private static long failures;

  private static Object lastFailure;

  private HookState() {}

  /** Installs the runtime behind the hooks; from now on they do something. */
  public static void install(
      Backend runtime, boolean adoptAtSites, int zealEvery, boolean profileSites) {
    zeal = zealEvery;
    profiling = profileSites;
    cohortSlots = runtime.cohortSlots();
    adopting = adoptAtSites;
    SecondLook.adoptingAtSites(adoptAtSites);
    backend = runtime;
  }

  static Backend backend() {
    return backend;
  }

  /** Slots of an ordinary cohort; an object with more has a cohort of its own. */
  static int cohortSlots() {
    return cohortSlots;
  }

  public static void setAdopting(boolean on) {
    adopting = on;
  }

  /** Whether the arena has no room: then hooks do not even ask. */
  public static void setFull(boolean on) {
    full = on;
  }

  public static boolean full() {
    return full;
  }

  /**
   * {@code membarrier} is registered: marks need no full fence any more, and writes without a
   * mirror none yet.
   */
  public static void fencesNotNeeded() {
    Section.fences = false;
    SecondLook.notNeededYet();
  }

  /** The layout for a site, resolved at its first execution; null before a backend is installed. */
  @DontInline
  static Layout site(int key, Object made) {
    Backend runtime = backend;
    if (runtime == null) {
      return null;
    }
    Layout layout = runtime.resolveSite(key, made.getClass());
    synchronized (HookState.class) {
      if (key >= sites.length) {
        sites = Arrays.copyOf(sites, Math.max(key + 1, sites.length * 2));
      }
      sites[key] = layout;
    }
    return layout;
  }

  /**
   * Resolves a field key at its first execution. Returns whether there is something to look up now.
   */
  @DontInline
  static boolean field(int key, Object written) {
    Backend runtime = backend;
    if (runtime == null) {
      return false;
    }
    long[] resolved = runtime.resolveField(key, written.getClass());
    synchronized (HookState.class) {
      int at = key << STRIDE_SHIFT;
      long[] table = fields;
      if (at >= table.length) {
        table = Arrays.copyOf(table, Math.max((key + 1) << STRIDE_SHIFT, table.length * 2));
      }
      table[at + OFFSETS] = resolved[1];
      VarHandle.releaseFence(); // a hook that sees the spec sees the offsets
      table[at] = resolved[0];
      fields = table;
    }
    return true;
  }

  /** Resolves where the targets of a reference field have their hidden fields, if it holds one. */
  @DontInline
  static void targets(int key, Object owner, long spec) {
    Object target = Raw.UNSAFE.getReference(owner, FieldSpec.javaOffset(spec));
    if (target == null) {
      return;
    }
    boolean handles = FieldSpec.copy(spec) == FieldSpec.REFERENCE;
    long offsets =
        handles
            ? backend.resolveTargets(key, owner.getClass(), target.getClass())
            : References.BY_CLASS;
    synchronized (HookState.class) {
      fields[(key << STRIDE_SHIFT) + TARGETS] = offsets;
    }
  }

  private static Class<?> threadDeath() {
    try {
      return Class.forName("java.lang.ThreadDeath", false, null);
    } catch (ClassNotFoundException e) {
      return null;
    }
  }

  /**
   * Notes a failure and keeps it from the program, even one that leaves no room to note it: then
   * nothing is described, because that would initialise classes of the JDK, and one whose
   * initialiser fails for want of room is lost to the program for ever. Only what is not ours
   * passes: {@code Thread.stop} on 17 throws into whatever its thread does just then.
   */
  public static void failed(Throwable failure) {
    if (failure.getClass() == THREAD_DEATH) {
      throw (Error) failure;
    }
    failures++;
    if (NO_ROOM.isInstance(failure)) {
      lastFailure = failure.getClass();
      return;
    }
    try {
      StackTraceElement[] trace = failure.getStackTrace();
      lastFailure = failure + (trace.length == 0 ? "" : " at " + trace[0]);
    } catch (Throwable again) {
      lastFailure = "a failure that could not be described";
    }
  }

  /** How many hook calls have failed; the program never saw it. */
  public static long failures() {
    return failures;
  }

  /** The latest failure, or null. */
  public static String lastFailure() {
    Object last = lastFailure;
    return last == null ? null : last.toString();
  }
}
