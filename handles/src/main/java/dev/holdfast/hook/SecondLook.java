package dev.holdfast.hook;

import jdk.internal.misc.Unsafe;

/**
 * Whether a writer must look for a mirror at all, and whether one that finds none must fence and
 * look again. Not before the first late adoption of the process: until then nobody can be giving
 * the object a mirror meanwhile, and where classes are managed in demand mode every write would pay
 * for a fence that pairs with nothing.
 *
 * <pre>
 * who          writer                                       the first late adopter
 *              PUTFIELD                                     needed := true
 *              -- compiler barrier --                       -- heavy fence (membarrier), once --
 *              needed?  no: done                            settled := true
 *              yes: full fence, load the pair again         install the pair, full fence, copy until equal
 * </pre>
 *
 * Where objects get no mirrors at their allocation sites the writer asks before it looks for the
 * pair: while the answer is no, nothing in the process has a mirror.
 *
 * <p>A writer that still reads {@code false} has done so before the heavy fence, so its field is in
 * memory when the adopter copies. {@code first_adoption.pml}, beside the tests, is this protocol's
 * model. Where {@code membarrier} is missing, the second look is always needed.
 */
final class SecondLook {
  private static final Unsafe U = Raw.UNSAFE;
  private static final Object BASE;
  private static final long NEEDED;
  private static final long ANY;

  /** Read through its offset by writers, opaquely: a plain load is hoisted out of loops. */
  @SuppressWarnings("UnusedVariable")
  private static boolean needed = true;

  /** Whether any object may have a mirror; read and written likewise. */
  @SuppressWarnings("UnusedVariable")
  private static boolean any = true;

  private static boolean atSites = true;

  /** What late adopters go by: {@link #needed} is true and no writer can have read otherwise. */
  private static volatile boolean settled = true;

  private static volatile boolean begun;

  static {
    try {
      java.lang.reflect.Field field = SecondLook.class.getDeclaredField("needed");
      BASE = U.staticFieldBase(field);
      NEEDED = U.staticFieldOffset(field);
      ANY = U.staticFieldOffset(SecondLook.class.getDeclaredField("any"));
    } catch (NoSuchFieldException e) {
      throw new ExceptionInInitializerError(e);
    }
  }

  private SecondLook() {}

  /** Asked between a field's write and the first look for its object's mirror. */
  static boolean isAnyMirrored() {
    U.storeFence(); // as in isNeeded
    return U.getBooleanOpaque(BASE, ANY);
  }

  /** Asked between a field's write and the end of the hook. */
  static boolean isNeeded() {
    U.storeFence(); // for the compiler and weak machines: the write is not moved below the question
    return U.getBooleanOpaque(BASE, NEEDED);
  }

  /** Called before each late adoption, outside any section. May block for a heavy fence, once. */
  static void beforeLateAdoption() {
    if (!begun) {
      begun = true; // before reading settled: pairs with notNeededYet
    }
    if (!settled) {
      settle();
    }
  }

  private static synchronized void settle() {
    if (!settled) {
      U.putBooleanVolatile(BASE, ANY, true);
      U.putBooleanVolatile(BASE, NEEDED, true);
      HookState.backend().heavyFence();
      settled = true;
    }
  }

  /** Whether objects get mirrors at their allocation sites; said before any can. */
  static synchronized void adoptingAtSites(boolean on) {
    atSites = on;
  }

  /** {@code membarrier} is registered. Nothing changes if somebody has begun to adopt late. */
  static synchronized void notNeededYet() {
    settled = false;
    if (begun) {
      settled = true;
    } else {
      U.putBooleanVolatile(BASE, NEEDED, false);
      U.putBooleanVolatile(BASE, ANY, atSites);
    }
  }
}
