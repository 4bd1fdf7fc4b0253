package dev.holdfast.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.holdfast.fixture.Cell;
import dev.holdfast.fixture.Probe;
import dev.holdfast.fixture.World;
import dev.holdfast.table.HandleException;
import java.lang.ref.WeakReference;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * {@code LOST} appears when {@code Counts.unrootUncounted} is called without the stripe lock, and
 * for an opaque handle when {@code OpaqueHandles.settle} takes no lock.
 */
public final class WeakGetAgainstRelease {
  /** A collection takes as long as thousands of releases. */
  private static final int ONE_DIES_OF = 256;

  private static final int MOST_ASKS = 1 << 16;

  private static int rounds;

  private WeakGetAgainstRelease() {}

  /** What both races have: an object that is counted once, and nobody else's. */
  abstract static class Once {
    private final WeakReference<Object> object;
    private final long handle;
    private final long weak;
    private final boolean dies = rounds++ % ONE_DIES_OF == 0;
    private volatile boolean collected;
    private long given;

    Once(Object object) {
      this.object = new WeakReference<>(object);
      handle = World.engine().retain(object);
      weak = Probe.probe_weak_new(handle);
    }

    /** Once; where the object may die, until that has been tried. */
    final void inC() {
      given = Probe.probe_weak_get(weak);
      for (int i = 0; i < MOST_ASKS && dies && given != 0 && !collected; i++) {
        Probe.probe_release(given);
        World.engine().drain();
        given = Probe.probe_weak_get(weak);
      }
    }

    final void toZero() {
      Probe.probe_release(handle);
      World.engine().drain();
      if (dies) {
        System.gc();
        collected = true;
      }
    }

    final void look(L_Result result) {
      World.engine().drain();
      result.r1 = given == 0 ? ungiven() : isHeld() ? "HELD" : "LOST";
      Probe.probe_release(given);
      Probe.probe_weak_free(weak);
    }

    private String ungiven() {
      given = Probe.probe_weak_get(weak);
      return given == 0 && object.refersTo(null) ? "DEAD" : "HIDDEN";
    }

    private boolean isHeld() {
      try {
        return object.refersTo(World.engine().resolve(given)) && World.engine().count(given) == 1;
      } catch (HandleException e) {
        return false;
      }
    }
  }

  /** An object with a mirror, which has one handle as long as it lives. */
  @JCStressTest
  @Description("C asks for a mirrored object while its only count is given back, and it may die.")
  @Outcome(
      id = "HELD",
      expect = ACCEPTABLE,
      desc = "C was given a count, which holds the object, whatever the drain saw.")
  @Outcome(
      id = "DEAD",
      expect = ACCEPTABLE,
      desc = "The JVM had collected the object, and it stays dead.")
  @Outcome(
      id = "LOST",
      expect = FORBIDDEN,
      desc = "C was given a count, and the drain let go of the object all the same.")
  @Outcome(
      id = "HIDDEN",
      expect = FORBIDDEN,
      desc = "C was told that the object is dead, and it lives.")
  @State
  public static class Mirrored extends Once {
    static {
      Ground.prepare();
    }

    public Mirrored() {
      super(Cell.adopted(1));
    }

    @Actor
    public void ask() {
      inC();
    }

    @Actor
    public void release() {
      toZero();
    }

    @Arbiter
    public void arbiter(L_Result result) {
      look(result);
    }
  }

  /** An object without a mirror, whose handle is retired when its count is 0. */
  @JCStressTest
  @Description("C asks for an opaque object while its only count is given back, and it may die.")
  @Outcome(
      id = "HELD",
      expect = ACCEPTABLE,
      desc = "C was given a count, of the handle that was not retired, or of a new one.")
  @Outcome(
      id = "DEAD",
      expect = ACCEPTABLE,
      desc = "The JVM had collected the object, and it stays dead.")
  @Outcome(
      id = "LOST",
      expect = FORBIDDEN,
      desc = "C was given a count of a handle that was retired all the same.")
  @Outcome(
      id = "HIDDEN",
      expect = FORBIDDEN,
      desc = "C was told that the object is dead, and it lives.")
  @State
  public static class Opaque extends Once {
    static {
      Ground.prepare();
    }

    public Opaque() {
      super(new Object());
    }

    @Actor
    public void ask() {
      inC();
    }

    @Actor
    public void release() {
      toZero();
    }

    @Arbiter
    public void arbiter(L_Result result) {
      look(result);
    }
  }
}
