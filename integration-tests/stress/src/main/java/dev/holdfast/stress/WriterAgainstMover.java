package dev.holdfast.stress;

import static org.openjdk.jcstress.annotations.Expect.ACCEPTABLE;
import static org.openjdk.jcstress.annotations.Expect.FORBIDDEN;

import dev.holdfast.hook.LoneCohort;
import dev.holdfast.hook.Mirrors;
import java.util.concurrent.ConcurrentLinkedQueue;
import org.openjdk.jcstress.annotations.Actor;
import org.openjdk.jcstress.annotations.Arbiter;
import org.openjdk.jcstress.annotations.Description;
import org.openjdk.jcstress.annotations.JCStressTest;
import org.openjdk.jcstress.annotations.Outcome;
import org.openjdk.jcstress.annotations.State;
import org.openjdk.jcstress.infra.results.ZZ_Result;

/**
 * {@code false} appears when {@code Section.base} masks MOVING off without cancelling the move, and
 * when move.c publishes without its CAS; rarely when move.c does not wait for write sections. The
 * mover's heavy fence is not missed here but in {@code MoveRaceTest}, whose stores miss the cache.
 */
@JCStressTest
@Description(
    "A thread writes an object whose mirror is being moved; first: the mirror has the write")
@Outcome(
    id = "true, true",
    expect = ACCEPTABLE,
    desc =
        "The cohort moved, and the write is in the new copy: it came before the copying or after.")
@Outcome(
    id = "true, false",
    expect = ACCEPTABLE,
    desc = "The writer cancelled the move, and the write is where the mirror stayed.")
@Outcome(
    id = "false, .*",
    expect = FORBIDDEN,
    desc = "The write went into the old copy after the mover had read it, and is lost.")
@State
public class WriterAgainstMover {
  static {
    Ground.prepare();
  }

  private static final int MOST_MOVES = 100;
  private static final int MOST_TURNS = 255;

  /** They stand in native memory, so they serve again. */
  private static final ConcurrentLinkedQueue<LoneCohort> USED = new ConcurrentLinkedQueue<>();

  private static int rounds;

  private final LoneCohort cohort = take();
  private final int turns = ((rounds++ * 0x9e3779b9) >>> 8) & MOST_TURNS;
  private volatile boolean written;
  private boolean moved;

  private static LoneCohort take() {
    LoneCohort used = USED.poll();
    if (used == null) {
      return new LoneCohort();
    }
    used.cell.number(0);
    return used;
  }

  /** Comes at any moment of the moves. */
  @Actor
  public void writer() {
    for (int i = turns; i > 0; i--) {
      Thread.onSpinWait();
    }
    cohort.cell.number(1);
    written = true;
  }

  @Actor
  public void mover() {
    for (int i = 0; i < MOST_MOVES && !written; i++) {
      moved = cohort.move();
    }
  }

  @Arbiter
  public void look(ZZ_Result result) {
    result.r1 = Mirrors.differences(cohort.cell) == 0;
    result.r2 = moved;
    USED.add(cohort);
  }
}
