package dev.holdfast.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.holdfast.fixture.Shared;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * {@code DIFFERENT} appears when {@code Writes.copyUntilEqual} stores once, without reading the
 * field again.
 */
@JCStressTest
@Description("Two threads write one volatile field, and each copies it to the mirror.")
@Outcome(id = "EQUAL", expect = ACCEPTABLE, desc = "The mirror ends with what the field ends with.")
@Outcome(
    id = "UNMIRRORED",
    expect = ACCEPTABLE,
    desc = "The arena was full, so there is no mirror to be wrong.")
@Outcome(
    id = "DIFFERENT",
    expect = FORBIDDEN,
    desc =
        "The writer whose value was overwritten in the field was the last to store in the mirror.")
@State
public class VolatileWriters {
  static {
    Ground.prepare();
  }

  private final Shared shared = Shared.adopted();

  @Actor
  public void one() {
    shared.number(1);
  }

  @Actor
  public void other() {
    shared.number(2);
  }

  @Arbiter
  public void look(L_Result result) {
    result.r1 = Ending.of(shared);
  }
}
