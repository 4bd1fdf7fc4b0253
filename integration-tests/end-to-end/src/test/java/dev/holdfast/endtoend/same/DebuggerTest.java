package dev.holdfast.endtoend.same;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jdi.ThreadReference;
import com.sun.jdi.VMDisconnectedException;
import dev.holdfast.endtoend.app.HeldWriter;
import dev.holdfast.endtoend.harness.Jvm;
import dev.holdfast.endtoend.harness.Outcome;
import dev.holdfast.endtoend.harness.Running;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A debugger steps through a rewritten method, and suspends one thread in the middle of a write.
 */
class DebuggerTest {
  @TempDir private Path classes;

  @Test
  void stepsShowTheSameLinesAndVariables() throws Exception {
    Programs.javac(classes, Programs.sources("covered"));
    Sameness program = Sameness.of(classes, List.of(), "covered.**");
    List<String> expected = steps(program.jvm());
    assertThat(expected).hasSizeGreaterThan(30).anyMatch(step -> step.contains("made="));
    assertThat(steps(program.agent())).isEqualTo(expected);
    assertThat(steps(program.agent().agent("zeal=1,verify=true"))).isEqualTo(expected);
  }

  /** Comes to no end before its deadlines when a move waits for the open section for ever. */
  @Test
  void aThreadSuspendedInTheMiddleOfAWriteHoldsNobodyUp() throws Exception {
    Jvm jvm = Jvm.underTest().agent("include=dev.holdfast.endtoend.app.*", "arena=4m,log=error");
    try (DebugSession session = new DebugSession();
        Running running = jvm.with(session.argument()).start(HeldWriter.class)) {
      ThreadReference writer = suspendedWriter(session, running);
      assertThat(writer.name()).isEqualTo("writer");
      running.tell("suspended");
      running.awaitOutput("the others have gone on");
      assertThat(writer.isSuspended()).isTrue();
      writer.resume();
      running.tell("resumed");
      Outcome outcome = running.outcome();
      assertThat(outcome.exitCode()).as("%s", outcome).isZero();
      assertThat(outcome.out()).as("%s", outcome).endsWith("all is well\n");
      assertThat(outcome.err()).as("%s", outcome).isEmpty();
    }
  }

  private static ThreadReference suspendedWriter(DebugSession session, Running running)
      throws Exception {
    try {
      return session.suspendInside(
          HeldWriter.class.getName(), "write", "dev.holdfast.hook.Section", "unmark");
    } catch (VMDisconnectedException e) {
      throw new AssertionError("ended before it was suspended: " + running.outcome(), e);
    }
  }

  private static List<String> steps(Jvm jvm) throws Exception {
    try (DebugSession session = new DebugSession();
        Running running = jvm.with(session.argument()).start("covered.Main")) {
      List<String> steps = session.stepThrough("covered.Main", "stepped");
      Outcome outcome = running.outcome();
      assertThat(outcome.exitCode()).as("%s", outcome).isZero();
      assertThat(outcome.err()).as("%s", outcome).isEmpty();
      return steps;
    }
  }
}
