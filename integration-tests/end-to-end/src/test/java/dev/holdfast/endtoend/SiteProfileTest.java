package dev.holdfast.endtoend;

import static dev.holdfast.endtoend.harness.JvmCollector.G1;
import static dev.holdfast.endtoend.harness.JvmCollector.SERIAL;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.endtoend.app.Survivors;
import dev.holdfast.endtoend.harness.ForkedJvm;
import dev.holdfast.endtoend.harness.Jvm;
import dev.holdfast.endtoend.harness.Outcome;

/** Sites whose objects survive open their cohorts in old space. */
class SiteProfileTest {
  /** Goes red when {@code SiteProfile} never decides: the old space has 30 times the bytes then. */
  @ForkedJvm(
      collectors = {G1, SERIAL},
      zeal = 0,
      agent = "arena=512m",
      jvmArgs = "-Xmn16m")
  void oldSpaceHoldsLessThanTwiceTheSurvivorsOwnBytes(Jvm jvm) {
    Outcome outcome = jvm.run(Survivors.class, "decided");
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    assertThat(times(outcome)).as("%s", outcome).isLessThan(2);
  }

  /** What the profile is for. */
  @ForkedJvm(
      collectors = SERIAL,
      zeal = 0,
      agent = "arena=512m,pretenure=false",
      jvmArgs = "-Xmn16m")
  void withoutTheProfileItHoldsTheirNeighboursToo(Jvm jvm) {
    Outcome outcome = jvm.run(Survivors.class);
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    assertThat(times(outcome)).as("%s", outcome).isGreaterThan(10);
  }

  private static double times(Outcome outcome) {
    return Double.parseDouble(outcome.out().replaceAll("(?s).* bytes, ([0-9.]+) times.*", "$1"));
  }
}
