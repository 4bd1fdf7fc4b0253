package dev.holdfast.endtoend.same;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.endtoend.harness.Jvm;
import dev.holdfast.endtoend.harness.Outcome;
import dev.holdfast.endtoend.harness.Running;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A program that no one here wrote, with all its own classes managed.
 *
 * @param jvm without the agent
 * @param include what selects its classes
 */
record RealProgram(Jvm jvm, String include) {
  private static final Duration DEADLINE = Duration.ofMinutes(15);

  /** One whose jars are in folders of the pom, beside other entries of the class path. */
  static RealProgram of(List<Path> classPath, String include) {
    Jvm jvm = Programs.with(Jvm.underTest().with("-Xmx1g", "-Djava.awt.headless=true"), classPath);
    return new RealProgram(jvm, include);
  }

  RealProgram with(String... jvmArguments) {
    return new RealProgram(jvm.with(jvmArguments), include);
  }

  /** Runs it without the agent. */
  Outcome plain(String main, String... arguments) {
    return run(jvm, main, arguments);
  }

  /** Runs it with the agent, as a person would. */
  Outcome managed(String main, String... arguments) {
    return run(jvm.agent("include=" + include), main, arguments);
  }

  /**
   * Runs it with something moving at every adoption and all structures checked, every class passing
   * the verifier, and rewritten classes written into a folder for {@link Rewritten}.
   */
  Outcome moving(Path dump, String main, String... arguments) {
    Jvm moving = jvm.agent("include=" + include, "zeal=1", "verify=true", "dump=" + dump);
    Outcome outcome = run(moving.with("-Xverify:all"), main, arguments);
    new Rewritten(dump, jvm.classPath()).passesTheChecker();
    return outcome;
  }

  private static Outcome run(Jvm jvm, String main, String... arguments) {
    try (Running running = jvm.start(main, arguments)) {
      return running.outcome(DEADLINE);
    }
  }

  /**
   * Both ended alike and wrote the same.
   *
   * @param normal takes out of an output what differs from run to run without the agent too
   */
  static void same(Outcome expected, Outcome actual, UnaryOperator<String> normal) {
    assertThat(normal.apply(actual.out()).lines().toList())
        .as("standard output of %s", actual.command())
        .isEqualTo(normal.apply(expected.out()).lines().toList());
    assertThat(normal.apply(actual.err()))
        .as("standard error of %s", actual.command())
        .isEqualTo(normal.apply(expected.err()));
    assertThat(actual.exitCode()).as("%s", actual.command()).isEqualTo(expected.exitCode());
  }
}
