package dev.holdfast.endtoend;

import static dev.holdfast.endtoend.harness.JvmCollector.G1;
import static dev.holdfast.endtoend.harness.JvmCollector.PARALLEL;
import static dev.holdfast.endtoend.harness.JvmCollector.SERIAL;
import static dev.holdfast.endtoend.harness.JvmCollector.SHENANDOAH;
import static dev.holdfast.endtoend.harness.JvmCollector.ZGC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.endtoend.fuzz.FuzzProgram;
import dev.holdfast.endtoend.harness.ForkedJvm;
import dev.holdfast.endtoend.harness.Jvm;
import dev.holdfast.endtoend.harness.Outcome;
import dev.holdfast.endtoend.harness.Running;
import java.time.Duration;

/**
 * Random programs compute the same with the agent as without, and C sees what they compute. A
 * failure names the seed; {@code -Dholdfast.test.seed=SEED} makes the same programs again.
 */
class FuzzTest {
  private static final boolean LONG = Boolean.getBoolean("holdfast.test.long");
  private static final String MODEL = "dev.holdfast.endtoend.fuzz.model.*";
  private static final Duration DEADLINE = Duration.ofMinutes(LONG ? 30 : 6);

  /** Chosen in each run of the profile long; the same in each other, because that is no lottery. */
  private static final long SEED =
      Long.getLong("holdfast.test.seed", LONG ? System.nanoTime() >>> 10 : 1);

  private static final String SEEDS =
      Integer.toString(Integer.getInteger("holdfast.test.seeds", LONG ? 60 : 1));

  private static final String[] PROGRAM =
      LONG
          ? new String[] {Long.toString(SEED), SEEDS, "6", "2000"}
          : new String[] {Long.toString(SEED), SEEDS, "3", "600"};

  @ForkedJvm(
      zeal = 1,
      collectors = {SERIAL, PARALLEL, G1, ZGC, SHENANDOAH},
      include = MODEL)
  void randomProgramsAreMirroredWhileAllMovesAndCReadsAndHolds(Jvm jvm) {
    computesTheSame(jvm);
  }

  @ForkedJvm(
      zeal = 1,
      collectors = {SERIAL, ZGC},
      include = MODEL,
      agent = "cohort=256,verify=true,mode=demand")
  void randomProgramsAreMirroredOnDemandInSmallCohorts(Jvm jvm) {
    computesTheSame(jvm);
  }

  @ForkedJvm(
      zeal = 1,
      collectors = SHENANDOAH,
      include = MODEL,
      jvmArgs = {"-XX:+UnlockExperimentalVMOptions", "-XX:+IgnoreUnrecognizedVMOptions"})
  void randomProgramsAreMirroredUnderGenerationalShenandoah(Jvm jvm) {
    if (Jvm.feature() >= 24) { // with it the JVM collects generations
      computesTheSame(jvm.with("-XX:ShenandoahGCMode=generational"));
    }
  }

  private static void computesTheSame(Jvm jvm) {
    Outcome plain =
        run(jvm.withoutAgent(), PROGRAM[0], PROGRAM[1], PROGRAM[2], PROGRAM[3], "plain");
    Outcome managed = run(jvm, PROGRAM);
    assertThat(managed.exitCode()).as("replay with -Dholdfast.test.seed=%s", managed).isZero();
    // What C's readers borrow may die before they look at it, which warns once; they check the
    // rest.
    assertThat(managed.err().lines().filter(line -> !line.contains("warn: HF_ESTALE"))).isEmpty();
    assertThat(managed.out()).as("digests of seeds from %d on", SEED).isEqualTo(plain.out());
  }

  private static Outcome run(Jvm jvm, String... arguments) {
    try (Running running = jvm.start(FuzzProgram.class, arguments)) {
      return running.outcome(DEADLINE);
    }
  }
}
