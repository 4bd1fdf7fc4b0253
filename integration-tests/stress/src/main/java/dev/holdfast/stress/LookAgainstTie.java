package dev.holdfast.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.holdfast.arena.UnsafeMemory;
import dev.holdfast.fixture.Probe;
import dev.holdfast.fixture.World;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.L_Result;

/** {@code MISSED} appears when {@code Peers.get} is not synchronized. */
@JCStressTest
@Description("A thread looks for an object's peer while another ties more, and replaces that one.")
@Outcome(id = "FOUND", expect = ACCEPTABLE, desc = "Each look found what was tied at that moment.")
@Outcome(
    id = "MISSED",
    expect = FORBIDDEN,
    desc = "A look found nothing, or what was replaced before.")
@State
public class LookAgainstTie {
  static {
    Ground.prepare();
  }

  private static final int KEYS = 8;
  private static final int MOST_LOOKS = 1 << 20;

  /** Nobody asks how often they were destroyed. */
  private static final long PEERS = new UnsafeMemory().allocateOrThrow((KEYS + 1L) * Integer.BYTES);

  private static final long REPLACED = PEERS + (long) KEYS * Integer.BYTES;

  private final long handle = World.engine().retain(new Object());
  private volatile boolean done;
  private boolean found = true;

  public LookAgainstTie() {
    tie(0);
  }

  private void tie(int key) {
    Probe.probe_tie_counter(handle, key, PEERS + (long) key * Integer.BYTES);
  }

  @Actor
  public void reader() {
    long last = PEERS;
    for (int i = 0; i < MOST_LOOKS && !done; i++) {
      long seen = Probe.probe_tied_counter(handle, 0);
      found &= seen == last || seen == REPLACED;
      last = seen;
    }
  }

  @Actor
  public void writer() {
    for (int key = 1; key < KEYS; key++) {
      tie(key);
    }
    Probe.probe_tie_counter(handle, 0, REPLACED);
    done = true;
  }

  @Arbiter
  public void look(L_Result result) {
    found &= Probe.probe_tied_counter(handle, 0) == REPLACED;
    result.r1 = found ? "FOUND" : "MISSED";
    Probe.probe_release(handle);
  }
}
