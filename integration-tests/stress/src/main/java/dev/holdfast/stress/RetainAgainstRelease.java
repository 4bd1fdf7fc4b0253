package dev.holdfast.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.holdfast.fixture.Cell;
import dev.holdfast.fixture.Probe;
import dev.holdfast.fixture.World;
import dev.holdfast.table.HandleException;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** {@code true, false} appears when {@code add} in count.c counts up from 0. */
public final class RetainAgainstRelease {
  private RetainAgainstRelease() {}

  /** What both races have: an object that is counted once. */
  abstract static class Once {
    private final long handle;
    private boolean retained;

    Once(Object object) {
      handle = World.engine().retain(object);
    }

    final void inC() {
      retained = Probe.probe_retain(handle) == handle;
    }

    final void toZero() {
      Probe.probe_release(handle);
      World.engine().drain();
    }

    final void look(ZZ_Result result) {
      World.engine().drain();
      result.r1 = retained;
      result.r2 = isHeld(handle);
      if (retained) {
        Probe.probe_release(handle);
      }
    }

    private static boolean isHeld(long handle) {
      try {
        return World.engine().resolve(handle) != null;
      } catch (HandleException e) {
        return false;
      }
    }
  }

  /** An object with a mirror, whose entry lives on when its count is 0. */
  @JCStressTest
  @Description("C takes a count of a mirrored object while its only one is given back.")
  @Outcome(
      id = "true, true",
      expect = ACCEPTABLE,
      desc = "C came first: its count holds the object.")
  @Outcome(
      id = "false, false",
      expect = ACCEPTABLE,
      desc = "C came too late, was refused, and nothing holds the object.")
  @Outcome(
      id = "true, false",
      expect = FORBIDDEN,
      desc = "C was told that it has a count, and the object is not held.")
  @Outcome(
      id = "false, true",
      expect = FORBIDDEN,
      desc = "C was told that it has no count, and the handle is counted all the same.")
  @State
  public static class Mirrored extends Once {
    static {
      Ground.prepare();
    }

    public Mirrored() {
      super(Cell.adopted(1));
    }

    @Actor
    public void retain() {
      inC();
    }

    @Actor
    public void release() {
      toZero();
    }

    @Arbiter
    public void arbiter(ZZ_Result result) {
      look(result);
    }
  }

  /** An object without a mirror, whose entry is retired when its count is 0. */
  @JCStressTest
  @Description("C takes a count of an opaque handle while its only one is given back.")
  @Outcome(
      id = "true, true",
      expect = ACCEPTABLE,
      desc = "C came first: its count holds the object.")
  @Outcome(
      id = "false, false",
      expect = ACCEPTABLE,
      desc = "C came too late, was refused, and the handle is stale.")
  @Outcome(
      id = "true, false",
      expect = FORBIDDEN,
      desc = "C was told that it has a count, and the handle is stale.")
  @Outcome(
      id = "false, true",
      expect = FORBIDDEN,
      desc = "C was told that it has no count, and the handle is counted all the same.")
  @State
  public static class Opaque extends Once {
    static {
      Ground.prepare();
    }

    public Opaque() {
      super(new Object());
    }

    @Actor
    public void retain() {
      inC();
    }

    @Actor
    public void release() {
      toZero();
    }

    @Arbiter
    public void arbiter(ZZ_Result result) {
      look(result);
    }
  }
}
