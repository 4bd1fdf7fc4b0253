package dev.holdfast.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

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
import org.openjdk.jcstress.infra.results.ZI_Result;

/**
 * {@code true, 0} appears when {@code Peers.set} does not keep the tie in the table, {@code false,
 * 1} when the object's count is asked for once more after that. The lock of {@code Peers.forget} is
 * not missed here: the peers' thread comes when nobody ties.
 */
@JCStressTest
@Description(
    "C ties a peer to an object while its only count is given back, and it dies; first: it was"
        + " tied; second: how often it was destroyed")
@Outcome(
    id = "true, 1",
    expect = ACCEPTABLE,
    desc = "C came first, and the peer was destroyed after the object's death.")
@Outcome(
    id = "false, 0",
    expect = ACCEPTABLE,
    desc = "C came too late, was refused, and keeps what it has.")
@Outcome(
    id = "true, .*",
    expect = FORBIDDEN,
    desc = "The object is dead, and its peer was not destroyed, or twice.")
@Outcome(
    id = "false, .*",
    expect = FORBIDDEN,
    desc = "C was refused, and what it keeps was destroyed.")
@State
public class TieAgainstRelease {
  static {
    Ground.prepare();
  }

  private final WeakReference<Object> object;
  private final long handle;
  private final Counter counter = Counter.take();
  private boolean tied;

  public TieAgainstRelease() {
    Object fresh = new Object();
    object = new WeakReference<>(fresh);
    handle = World.engine().retain(fresh);
  }

  @Actor
  public void tie() {
    tied = Probe.probe_tie_counter(handle, 0, counter.address) == Status.OK;
  }

  @Actor
  public void release() {
    Probe.probe_release(handle);
    World.engine().drain();
  }

  @Arbiter
  public void look(ZI_Result result) {
    Patience.seesDeath(object);
    if (tied) {
      Patience.sees(counter::isDestroyed, () -> {});
    }
    result.r1 = tied;
    result.r2 = counter.destroyed();
    if (tied == counter.isDestroyed()) {
      counter.giveBack();
    }
  }
}
