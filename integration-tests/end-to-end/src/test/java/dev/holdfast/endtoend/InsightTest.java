package dev.holdfast.endtoend;

import static dev.holdfast.endtoend.harness.JvmCollector.G1;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.endtoend.app.Beans;
import dev.holdfast.endtoend.app.Leaks;
import dev.holdfast.endtoend.harness.ForkedJvm;
import dev.holdfast.endtoend.harness.Jvm;
import dev.holdfast.endtoend.harness.Outcome;

/** What a person sees of a running Holdfast. */
class InsightTest {
  @ForkedJvm
  void mBeansAppearLateAndAreReadable(Jvm jvm) {
    jvm.runs(Beans.class);
  }

  @ForkedJvm(collectors = G1, agent = "debug=true")
  void theDebugModeReportsAtTheExitWhoHoldsWhat(Jvm jvm) {
    Outcome outcome = jvm.run(Leaks.class);
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    assertThat(outcome.out()).isEmpty();
    int report = outcome.err().indexOf("holdfast: at exit, 1 in 1: ");
    assertThat(report).as("%s", outcome).isNotNegative();
    assertThatAllLeaksAreNamed(outcome.err().substring(report));
    assertThat(outcome.err().substring(0, report))
        .containsPattern("HF_EUNCOUNTED: .*; last released at .*leaks\\.c:\\d+\n");
  }

  @ForkedJvm(collectors = G1)
  void theDebugModeIsSwitchedOnOverJmx(Jvm jvm) {
    Outcome outcome = jvm.run(Leaks.class, "sampled");
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    assertThatAllLeaksAreNamed(outcome.out());
    assertThat(outcome.err()).doesNotContain("at exit");
  }

  private static void assertThatAllLeaksAreNamed(String report) {
    assertThat(report)
        .contains("1 in 1: 7 recorded retains not given back, by place, oldest first")
        .containsPattern(" 1 for up to \\d+ ms, .* at Java:\n.*Leaks\\.keptByJava\\(Leaks\\.java:")
        .containsPattern(" 1 for up to .* at .*leaks\\.c:5\n")
        .containsPattern(" 1 for up to .* at .*leaks\\.c:8\n")
        .containsPattern(" 3 for up to .* at .*leaks\\.c:12\n")
        .containsPattern(" 1 for up to .* at libprobe\\.so\\(probe_tie\\+0x");
  }
}
