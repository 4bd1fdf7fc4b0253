package dev.holdfast.endtoend.same;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.tools.attach.VirtualMachine;
import dev.holdfast.endtoend.harness.Jvm;
import dev.holdfast.endtoend.harness.Outcome;
import dev.holdfast.endtoend.harness.Running;
import java.nio.file.Path;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The agent comes while a compiled method allocates and writes. */
class MidRunAttachTest {
  @TempDir private Path classes;

  @BeforeEach
  void compile() {
    Programs.javac(classes, Programs.sources("attached"));
  }

  @ParameterizedTest
  @ValueSource(strings = {"", ",zeal=1,verify=true"})
  void aRunningProgramGoesOnAsBefore(String more) throws Exception {
    Jvm jvm = Jvm.underTest().classPath(classes).with("-XX:+UseSerialGC");
    if (Jvm.feature() >= 21) {
      jvm = jvm.with("-XX:+EnableDynamicAgentLoading");
    }
    Outcome expected = outcome(jvm, null);
    Outcome actual = outcome(jvm, "include=attached.**" + more);
    assertThat(actual.out()).as("%s", actual).isEqualTo(expected.out());
    assertThat(actual.exitCode()).as("%s", actual).isZero();
    assertThat(expected.err()).isEmpty();
    // Loaded before: no mirrors, and one line names them all.
    actual.saidLines("holdfast: warn: .*attached\\.Main\\$Node.*");
  }

  private static Outcome outcome(Jvm jvm, String agentOptions) throws Exception {
    try (Running running = jvm.start("attached.Main")) {
      running.awaitOutput("ready");
      if (agentOptions != null) {
        VirtualMachine machine = VirtualMachine.attach(Long.toString(running.pid()));
        machine.loadAgent(Jvm.AGENT.toString(), agentOptions);
        machine.detach();
      }
      running.tell("end");
      return running.outcome();
    }
  }
}
