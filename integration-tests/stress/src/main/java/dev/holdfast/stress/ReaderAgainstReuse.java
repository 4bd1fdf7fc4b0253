package dev.holdfast.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.holdfast.arena.Memory;
import dev.holdfast.arena.UnsafeMemory;
import dev.holdfast.fixture.Cell;
import dev.holdfast.fixture.Mirror;
import dev.holdfast.fixture.Probe;
import dev.holdfast.fixture.World;
import dev.holdfast.hook.Mirrors;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/** {@code false} appears when {@code GracePeriod.over} does not look at scopes. */
@JCStressTest
@Description(
    "C reads a mirror in a scope while it moves and others are born; first: what C read was its own")
@Outcome(
    id = "true, true",
    expect = ACCEPTABLE,
    desc = "The mirror moved away, and its old copy stayed as it was until the scope had closed.")
@Outcome(
    id = "true, false",
    expect = ACCEPTABLE,
    desc = "The mirror was still where the reader found it.")
@Outcome(
    id = "false, .*",
    expect = FORBIDDEN,
    desc = "Another object's mirror was put where the reader was still looking.")
@State
public class ReaderAgainstReuse {
  private static final Memory MEMORY = new UnsafeMemory();
  private static final long NUMBER_AT = Cell.NUMBER & 0xffffff;
  private static final int OURS = 6;
  private static final int OTHERS = -1;
  private static final int NEWBORN = 400;
  private static final int MOST_LOOKS = 1 << 22;

  static {
    Ground.prepare();
  }

  private final Cell cell = Cell.adopted(OURS);
  private volatile boolean reused;
  private boolean own = true;
  private boolean moved;

  @Actor
  public void reader() {
    Probe.probe_enter();
    long mirror = Probe.probe_deref(Mirrors.handleOf(cell));
    for (int i = 0; mirror != 0 && i < MOST_LOOKS && !reused; i++) {
      own &= MEMORY.getInt(mirror + NUMBER_AT) == OURS;
    }
    Probe.probe_exit();
  }

  @Actor
  public void collector() {
    long before = Mirror.isShown(cell) ? Mirror.of(cell).address() : 0;
    World.engine().collect();
    for (int i = 0; i < NEWBORN; i++) {
      Cell.adopted(OTHERS);
    }
    moved = before != 0 && Mirror.of(cell).address() != before;
    reused = true;
  }

  @Arbiter
  public void look(ZZ_Result result) {
    result.r1 = own;
    result.r2 = moved;
  }
}
