package dev.holdfast.endtoend;

import static dev.holdfast.endtoend.harness.JvmCollector.G1;

import dev.holdfast.endtoend.fuzz.Soak;
import dev.holdfast.endtoend.harness.ForkedJvm;
import dev.holdfast.endtoend.harness.Jvm;
import dev.holdfast.endtoend.harness.Running;
import java.time.Duration;

/** Ten minutes at full speed in the profile {@code long}, ten seconds otherwise. */
class SoakTest {
  private static final Duration LENGTH =
      Boolean.getBoolean("holdfast.test.long") ? Duration.ofMinutes(10) : Duration.ofSeconds(10);

  @ForkedJvm(
      collectors = G1,
      zeal = 0,
      include = "dev.holdfast.endtoend.fuzz.model.*",
      agent = "log=error", // a machine that does more besides may let the arena fill, which is a
      // warning
      jvmArgs = {"-Xms256m", "-XX:+AlwaysPreTouch"})
  void noHandleIsLostAndMemoryStaysWhileAllRunsAtFullSpeed(Jvm jvm) {
    try (Running running = jvm.start(Soak.class, Long.toString(LENGTH.toSeconds()))) {
      running.outcome(LENGTH.plusMinutes(5)).isSilentSuccess();
    }
  }
}
