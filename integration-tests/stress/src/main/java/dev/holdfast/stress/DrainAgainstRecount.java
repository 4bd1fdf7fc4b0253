package dev.holdfast.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.holdfast.fixture.Cell;
import dev.holdfast.fixture.Probe;
import dev.holdfast.fixture.World;
import dev.holdfast.table.HandleException;
import dev.holdfast.table.Status;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** The release queue is drained while what stands on it is counted again. */
public final class DrainAgainstRecount {
  private static final int DRAINS = 4;

  private DrainAgainstRecount() {}

  private static void drain() {
    for (int i = 0; i < DRAINS; i++) {
      World.engine().drain();
    }
  }

  /**
   * {@code LOST} appears when {@code Counts.unrootUncounted} lets go without looking at the count
   * under the stripe lock.
   */
  @JCStressTest
  @Description("Java counts an object again while the drain looks at its release.")
  @Outcome(
      id = "HELD",
      expect = ACCEPTABLE,
      desc = "The drain saw the new count, or came first and the object was held anew.")
  @Outcome(
      id = "LOST",
      expect = FORBIDDEN,
      desc = "The drain let go of an object that was counted again.")
  @State
  public static class Recount {
    static {
      Ground.prepare();
    }

    private final Object object = Cell.adopted(1);
    private long handle;

    @Actor
    public void recount() {
      Probe.probe_release(World.engine().retain(object));
      handle = World.engine().retain(object);
    }

    @Actor
    public void drainer() {
      drain();
    }

    @Arbiter
    public void look(L_Result result) {
      result.r1 = isHeld() ? "HELD" : "LOST";
      Probe.probe_release(handle);
    }

    private boolean isHeld() {
      try {
        return World.engine().resolve(handle) == object;
      } catch (HandleException e) {
        return false;
      }
    }
  }

  /**
   * {@code FORGOTTEN} appears when {@code Counts.drain} clears {@code queued} after it has looked
   * at the counts.
   */
  @JCStressTest
  @Description("C releases for good what Java counted again while it stood on the queue.")
  @Outcome(
      id = "RETIRED",
      expect = ACCEPTABLE,
      desc = "This drain saw the last release, or the entry was queued again for the next.")
  @Outcome(
      id = "FORGOTTEN",
      expect = FORBIDDEN,
      desc =
          "C thought that the entry was still to be looked at, and the drain had looked already.")
  @State
  public static class LastRelease {
    static {
      Ground.prepare();
    }

    private final Object object = new Object();
    private long handle;

    @Actor
    public void release() {
      Probe.probe_release(World.engine().retain(object));
      handle = World.engine().retain(object);
      Probe.probe_release(handle);
    }

    @Actor
    public void drainer() {
      drain();
    }

    @Arbiter
    public void look(L_Result result) {
      // Or another thread has taken the queue, and is about to look.
      boolean retired = Patience.sees(this::isRetired, World.engine()::drain);
      result.r1 = retired ? "RETIRED" : "FORGOTTEN";
    }

    private boolean isRetired() {
      try {
        World.engine().count(handle);
        return false;
      } catch (HandleException e) {
        return e.status() == Status.ESTALE;
      }
    }
  }
}
