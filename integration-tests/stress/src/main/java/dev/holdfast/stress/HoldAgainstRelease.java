package dev.holdfast.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.holdfast.fixture.Cell;
import dev.holdfast.fixture.Probe;
import dev.holdfast.fixture.World;
import dev.holdfast.table.Status;
import java.lang.ref.WeakReference;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/**
 * {@code LOST} appears when {@code PrivateCohort} refers to its targets weakly, {@code KEPT} when
 * {@code OwnedEdges.hold} asks for the target's count once more when it has held it. That {@code
 * Counts.resolve} takes the stripe's lock is not missed here: too little time is between its looks.
 */
@JCStressTest
@Description("An object is to be held by another while its only count is given back.")
@Outcome(
    id = "HELD",
    expect = ACCEPTABLE,
    desc = "C was told that there is an edge, and the target lives by it.")
@Outcome(
    id = "REFUSED",
    expect = ACCEPTABLE,
    desc = "C came too late and was told so, and the target is dead.")
@Outcome(
    id = "LOST",
    expect = FORBIDDEN,
    desc = "C was told that there is an edge, and the target is dead.")
@Outcome(
    id = "KEPT",
    expect = FORBIDDEN,
    desc = "C was told that it came too late, and the target lives all the same.")
@Outcome(
    id = "FAILED",
    expect = FORBIDDEN,
    desc = "C was told something else than that the target is not counted.")
@State
public class HoldAgainstRelease {
  static {
    Ground.prepare();
  }

  private final long owner = World.engine().retain(Cell.adopted(1));
  private final WeakReference<Object> target;
  private final long handle;
  private int status;
  private WeakReference<Object> sign; // that the JVM has collected since

  public HoldAgainstRelease() {
    Object object = new Object();
    target = new WeakReference<>(object);
    handle = World.engine().retain(object);
  }

  @Actor
  public void holder() {
    status = Probe.probe_hold(owner, handle);
  }

  @Actor
  public void toZero() {
    Probe.probe_release(handle);
    World.engine().drain();
    sign = new WeakReference<>(new Object());
  }

  @Arbiter
  public void look(L_Result result) {
    Patience.seesDeath(sign);
    result.r1 = ending();
    Probe.probe_release(owner);
  }

  private String ending() {
    return switch (status) {
      case Status.OK -> target.refersTo(null) ? "LOST" : "HELD";
      case Status.EUNCOUNTED, Status.ESTALE -> Patience.seesDeath(target) ? "REFUSED" : "KEPT";
      default -> "FAILED";
    };
  }
}
