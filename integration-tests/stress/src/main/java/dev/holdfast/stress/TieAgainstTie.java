package dev.holdfast.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.holdfast.fixture.Probe;
import dev.holdfast.fixture.World;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZI_Result;

/** {@code false} appears when {@code Peers.set} is not synchronized. */
@JCStressTest
@Description(
    "Two threads tie a peer under one key; first: one was destroyed, and the other is tied;"
        + " second: how often they were destroyed when none is tied any more")
@Outcome(
    id = "true, 2",
    expect = ACCEPTABLE,
    desc = "Who came second replaced the first's, which was destroyed, and each was once.")
@Outcome(
    id = "false, .*",
    expect = FORBIDDEN,
    desc = "Each thought that it came first: a peer is neither tied nor destroyed.")
@Outcome(id = "true, .*", expect = FORBIDDEN, desc = "A peer was never destroyed, or twice.")
@State
public class TieAgainstTie {
  static {
    Ground.prepare();
  }

  private final long handle = World.engine().retain(new Object());
  private final Counter one = Counter.take();
  private final Counter other = Counter.take();

  @Actor
  public void one() {
    Probe.probe_tie_counter(handle, 0, one.address);
  }

  @Actor
  public void other() {
    Probe.probe_tie_counter(handle, 0, other.address);
  }

  @Arbiter
  public void look(ZI_Result result) {
    long tied = Probe.probe_tied_counter(handle, 0);
    Counter replaced = tied == one.address ? other : one;
    Counter last = replaced == one ? other : one;
    result.r1 =
        tied == last.address
            && Patience.sees(replaced::isDestroyed, () -> {})
            && !last.isDestroyed();
    Probe.probe_untie(handle, 0);
    Patience.sees(last::isDestroyed, () -> {});
    result.r2 = one.destroyed() + other.destroyed();
    Probe.probe_release(handle);
    if (result.r1) {
      one.giveBack();
      other.giveBack();
    }
  }
}
