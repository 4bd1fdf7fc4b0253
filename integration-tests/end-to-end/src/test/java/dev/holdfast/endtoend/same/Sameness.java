package dev.holdfast.endtoend.same;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.endtoend.harness.Jvm;
import dev.holdfast.endtoend.harness.Outcome;
import dev.holdfast.endtoend.harness.Running;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/**
 * A program that is run without the agent, with it, and with everything moving. Exit code and both
 * outputs must be the same, and what was rewritten must be all of it and pass ASM's checker.
 *
 * @param jvm without the agent
 * @param classes where the program's own classes are, all of which must be managed
 * @param include what selects them
 */
record Sameness(Jvm jvm, Path classes, String include) {
  /** Of a program whose classes are in one folder, with some jars. */
  static Sameness of(Path classes, List<Path> jars, String include) {
    return new Sameness(Programs.with(Jvm.underTest().classPath(classes), jars), classes, include);
  }

  /** With more arguments of the JVM. */
  Sameness with(String... arguments) {
    return new Sameness(jvm.with(arguments), classes, include);
  }

  /**
   * Runs it, and compares.
   *
   * @param dump an empty folder, or one that is not there, for rewritten classes
   * @return what it did without the agent
   */
  Outcome holds(Path dump, String main, String... arguments) {
    Outcome expected = run(jvm, main, arguments);
    assertThat(expected.exitCode()).as("without the agent: %s", expected).isZero();
    same(expected, run(agent(), main, arguments));
    same(expected, run(moving(dump), main, arguments));
    new Rewritten(dump, jvm.classPath()).check(classes);
    return expected;
  }

  /** With the agent. */
  Jvm agent() {
    return jvm.agent("include=" + include);
  }

  private Jvm moving(Path dump) {
    return agent().agent("zeal=1", "verify=true", "dump=" + dump).with("-Xverify:all");
  }

  static Outcome run(Jvm jvm, String main, String... arguments) {
    try (Running running = jvm.start(main, arguments)) {
      return running.outcome();
    }
  }

  /** Line by line, so that a failure shows the line. */
  static void same(Outcome expected, Outcome actual) {
    List<String> expectedLines = new ArrayList<>(expected.out().lines().toList());
    assertThat(actual.out().lines().toList())
        .as("standard output of %s", actual.command())
        .isEqualTo(expectedLines);
    assertThat(actual.err()).as("standard error of %s", actual.command()).isEqualTo(expected.err());
    assertThat(actual.out()).isEqualTo(expected.out());
    assertThat(actual.exitCode()).as("%s", actual).isEqualTo(expected.exitCode());
  }
}
