package dev.holdfast.endtoend;

import static dev.holdfast.endtoend.harness.JvmCollector.G1;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.tools.attach.AgentInitializationException;
import com.sun.tools.attach.VirtualMachine;
import dev.holdfast.endtoend.app.Attached;
import dev.holdfast.endtoend.harness.ForkedJvm;
import dev.holdfast.endtoend.harness.Jvm;
import dev.holdfast.endtoend.harness.Outcome;
import dev.holdfast.endtoend.harness.Running;

/** The agent is loaded into a JVM that runs already. */
class AttachTest {
  private static final String SELECTED = "include=dev.holdfast.endtoend.app.*";

  private static Running started(Jvm jvm) {
    String[] dynamic =
        Jvm.feature() >= 21 ? new String[] {"-XX:+EnableDynamicAgentLoading"} : new String[0];
    Running running = jvm.withoutAgent().with(dynamic).start(Attached.class);
    running.awaitOutput("ready");
    return running;
  }

  private static void attach(Running running, String options) throws Exception {
    VirtualMachine machine = VirtualMachine.attach(Long.toString(running.pid()));
    try {
      machine.loadAgent(Jvm.AGENT.toString(), options);
    } finally {
      machine.detach();
    }
  }

  @ForkedJvm
  void classesThatLoadLaterHaveMirrorsAndTheOthersAreNamed(Jvm jvm) throws Exception {
    String zeal = String.join(",", jvm.agentOptions()).contains("zeal=1") ? ",zeal=1" : "";
    try (Running running = started(jvm)) {
      attach(running, SELECTED + zeal);
      running.tell("go on");
      Outcome outcome = running.outcome();
      assertThat(outcome.exitCode()).as("%s", outcome).isZero();
      assertThat(outcome.out()).as("%s", outcome).isEqualTo("ready\n");
      assertThat(outcome.err())
          .as("%s", outcome)
          .contains("dev.holdfast.endtoend.app.Attached$Early")
          .doesNotContain("Attached$Late");
      assertThat(outcome.err().lines()).allMatch(line -> line.startsWith("holdfast: "));
    }
  }

  @ForkedJvm(collectors = G1, zeal = 0)
  void badOptionsAreRefusedAndTheProgramRunsOn(Jvm jvm) throws Exception {
    try (Running running = started(jvm)) {
      assertThatThrownBy(() -> attach(running, "arena=8q"))
          .isInstanceOf(AgentInitializationException.class);
      attach(running, SELECTED);
      running.tell("go on");
      Outcome outcome = running.outcome();
      assertThat(outcome.exitCode()).as("%s", outcome).isZero();
      assertThat(outcome.err()).as("%s", outcome).contains("arena=8q");
    }
  }
}
