package dev.holdfast.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.holdfast.fixture.LateCell;
import dev.holdfast.hook.Mirrors;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * {@code DIFFERENT} appears when {@code Writes.through} returns at once where the pair is
 * incomplete.
 */
@JCStressTest
@Description("A thread writes an object while another gives it its mirror.")
@Outcome(
    id = "EQUAL",
    expect = ACCEPTABLE,
    desc = "The last write reached the mirror: copied by the adopter, or written through.")
@Outcome(
    id = "UNMIRRORED",
    expect = ACCEPTABLE,
    desc = "The arena was full, so there is no mirror to be wrong.")
@Outcome(
    id = "DIFFERENT",
    expect = FORBIDDEN,
    desc = "The adopter copied the field before the write, and the writer saw no mirror after it.")
@State
public class LateAdoptionAgainstWriter {
  static {
    Ground.prepare();
  }

  private static final int MOST_WRITES = 200;

  private final LateCell cell = new LateCell();

  /** The last write is the one during which the adopter installs the pair. */
  @Actor
  public void writer() {
    int written = 0;
    do {
      cell.number(++written);
    } while (Mirrors.cohortOf(cell) == null && written < MOST_WRITES);
  }

  @Actor
  public void adopter() {
    cell.adopt();
  }

  @Arbiter
  public void look(L_Result result) {
    result.r1 = Ending.of(cell);
  }
}
