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
import org.openjdk.jcstress.infra.results.ZI_Result;

/** Another number appears when {@code PrivateCohort.hold} is not synchronized. */
@JCStressTest
@Description(
    "An edge is held and let go as often; first: all of it was granted; second: what is left")
@Outcome(
    id = "true, 4",
    expect = ACCEPTABLE,
    desc = "The target is held as often as it was, whoever came first.")
@Outcome(
    id = "true, .*",
    expect = FORBIDDEN,
    desc = "Two changed the number of edges at once, and the change of one is lost.")
@Outcome(id = "false, .*", expect = FORBIDDEN, desc = "An edge that was there was not found.")
@State
public class HoldAgainstUnhold {
  static {
    Ground.prepare();
  }

  private static final int EDGES = 4;
  private static final int MOST_LEFT = 2 * EDGES;
  private static final long TARGET = World.engine().retain(new Object());

  private final long owner = World.engine().retain(Cell.adopted(1));
  private boolean held;
  private boolean letGo;

  public HoldAgainstUnhold() {
    hold();
  }

  private boolean hold() {
    boolean all = true;
    for (int i = 0; i < EDGES; i++) {
      all &= Probe.probe_hold(owner, TARGET) == Status.OK;
    }
    return all;
  }

  @Actor
  public void holder() {
    held = hold();
  }

  @Actor
  public void unholder() {
    boolean all = true;
    for (int i = 0; i < EDGES; i++) {
      all &= Probe.probe_unhold(owner, TARGET) == Status.OK;
    }
    letGo = all;
  }

  @Arbiter
  public void look(ZI_Result result) {
    int left = 0;
    while (left < MOST_LEFT && Probe.probe_unhold(owner, TARGET) == Status.OK) {
      left++;
    }
    result.r1 = held && letGo;
    result.r2 = left;
    Probe.probe_release(owner);
  }
}
