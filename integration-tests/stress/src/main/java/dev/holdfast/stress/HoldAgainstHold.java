package dev.holdfast.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.holdfast.fixture.Cell;
import dev.holdfast.fixture.Probe;
import dev.holdfast.fixture.World;
import dev.holdfast.table.Status;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * {@code false} appears when {@code LateAdoption.makePrivate} does not look again under the lock.
 */
@JCStressTest
@Description("Two threads have one object hold for the first time; which of the edges are there")
@Outcome(
    id = "true, true",
    expect = ACCEPTABLE,
    desc = "Both edges hang on the one private token that the owner got.")
@Outcome(
    expect = FORBIDDEN,
    desc = "The owner got two private tokens, and the edge on the first is lost.")
@State
public class HoldAgainstHold {
  static {
    Ground.prepare();
  }

  private static final long ONE = World.engine().retain(new Object());
  private static final long OTHER = World.engine().retain(new Object());

  private final long owner = World.engine().retain(Cell.adopted(1));

  @Actor
  public void one() {
    Probe.probe_hold(owner, ONE);
  }

  @Actor
  public void other() {
    Probe.probe_hold(owner, OTHER);
  }

  @Arbiter
  public void look(ZZ_Result result) {
    result.r1 = Probe.probe_unhold(owner, ONE) == Status.OK;
    result.r2 = Probe.probe_unhold(owner, OTHER) == Status.OK;
    Probe.probe_release(owner);
  }
}
