package dev.holdfast.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.holdfast.fixture.Probe;
import dev.holdfast.fixture.World;
import dev.holdfast.table.Status;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.LZ_Result;

/**
 * {@code OTHER} appears when {@code WeakHandles.free} does not go on to the next number of use,
 * {@code false} when {@code make} is not synchronized. The lock of {@code get} is not missed here:
 * compiled code reads the place once.
 */
@JCStressTest
@Description(
    "A weak handle is freed and its place used again while C asks by it; first: what C was given;"
        + " second: two that were made meanwhile are of their own objects")
@Outcome(id = "OWN, true", expect = ACCEPTABLE, desc = "C asked before the handle was freed.")
@Outcome(
    id = "NONE, true",
    expect = ACCEPTABLE,
    desc = "C came too late, and was told that there is no such handle.")
@Outcome(
    id = "OTHER, .*",
    expect = FORBIDDEN,
    desc = "C was given the object for which the place is used now, or told that its own is dead.")
@Outcome(id = ".*, false", expect = FORBIDDEN, desc = "Two handles were made in one place.")
@State
public class WeakGetAgainstFree {
  static {
    Ground.prepare();
  }

  private static final long FREED = World.engine().retain(new Object());
  private static final long ONE = World.engine().retain(new Object());
  private static final long NEXT = World.engine().retain(new Object());

  private final long weak = Probe.probe_weak_new(FREED);
  private long one;
  private long next;
  private long given;
  private int status;

  @Actor
  public void ask() {
    given = Probe.probe_weak_get(weak);
    status = Probe.probe_status();
    one = Probe.probe_weak_new(ONE);
  }

  @Actor
  public void free() {
    Probe.probe_weak_free(weak);
    next = Probe.probe_weak_new(NEXT);
  }

  @Arbiter
  public void look(LZ_Result result) {
    boolean refused = given == 0 && status == Status.EINVAL;
    result.r1 = given == FREED ? "OWN" : refused ? "NONE" : "OTHER";
    boolean first = gives(one, ONE);
    boolean second = gives(next, NEXT);
    result.r2 = one != next && first && second;
    Probe.probe_release(given);
  }

  private static boolean gives(long weak, long handle) {
    long found = Probe.probe_weak_get(weak);
    Probe.probe_release(found);
    return Probe.probe_weak_free(weak) == Status.OK && found == handle;
  }
}
