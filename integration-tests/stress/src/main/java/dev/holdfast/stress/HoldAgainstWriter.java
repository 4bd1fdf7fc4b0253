package dev.holdfast.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.holdfast.fixture.Cell;
import dev.holdfast.fixture.Probe;
import dev.holdfast.fixture.World;
import dev.holdfast.hook.Cohort;
import dev.holdfast.hook.Mirrors;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * {@code DIFFERENT} appears when {@code LateAdoption.makePrivate} stores null for a moment before
 * the private token.
 */
@JCStressTest
@Description("A thread writes an object while another has it hold for the first time.")
@Outcome(
    id = "EQUAL",
    expect = ACCEPTABLE,
    desc = "The writer met the mirror, by the shared token or by the private one.")
@Outcome(
    id = "DIFFERENT",
    expect = FORBIDDEN,
    desc = "The writer met no token, took the object for one without a mirror, and left it alone.")
@State
public class HoldAgainstWriter {
  static {
    Ground.prepare();
  }

  private static final int MOST_WRITES = 1_000;

  private final Cell cell = Cell.adopted(0);
  private final Cohort shared = Mirrors.cohortOf(cell);
  private final long owner = World.engine().retain(cell);

  /** The last write is the one during which the token is exchanged. */
  @Actor
  public void writer() {
    int written = 0;
    do {
      cell.number(++written);
    } while (Mirrors.cohortOf(cell) == shared && written < MOST_WRITES);
  }

  @Actor
  public void holder() {
    Probe.probe_hold(owner, owner);
  }

  @Arbiter
  public void look(L_Result result) {
    result.r1 = Ending.of(cell);
    Probe.probe_release(owner);
  }
}
