package dev.holdfast.endtoend.same;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.endtoend.harness.Jvm;
import dev.holdfast.endtoend.harness.Outcome;
import java.io.IOException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import jdk.jfr.consumer.RecordedFrame;
import jdk.jfr.consumer.RecordingFile;
import org.jacoco.core.analysis.Analyzer;
import org.jacoco.core.analysis.CoverageBuilder;
import org.jacoco.core.analysis.ICounter;
import org.jacoco.core.analysis.ISourceNode;
import org.jacoco.core.tools.ExecFileLoader;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Agents before and behind this one on the command line, and the flight recorder. */
class OtherAgentsTest {
  private static final String MAIN = "covered.Main";

  @TempDir private Path directory;

  private Path classes;
  private Jvm jvm;

  @BeforeEach
  void compile() {
    classes = directory.resolve("classes");
    Programs.javac(classes, Programs.sources("covered"));
    jvm = Jvm.underTest().classPath(classes);
  }

  /** Command lines with the other agent alone, then behind it and before it ours. */
  private List<Jvm> orders(String other) {
    String ours = "-javaagent:" + Jvm.AGENT + "=include=covered.**";
    return List.of(
        jvm.with(other), jvm.with(other, ours), jvm.with(ours + ",zeal=1,verify=true", other));
  }

  @Test
  void jacocoMeasuresTheSameCoverage() throws IOException {
    Path file = directory.resolve("jacoco.exec");
    String jacoco =
        "-javaagent:"
            + Programs.jar("jacoco", "org.jacoco.agent")
            + "=append=false,includes=covered.*,destfile="
            + file;
    Outcome expected = null;
    List<String> coverage = null;
    for (Jvm order : orders(jacoco)) {
      Outcome outcome = Sameness.run(order, MAIN);
      expected = expected == null ? outcome : expected;
      Sameness.same(expected, outcome);
      List<String> measured = coverage(file);
      coverage = coverage == null ? measured : coverage;
      assertThat(measured).as("%s", outcome.command()).isEqualTo(coverage);
    }
    assertThat(coverage)
        .anyMatch(line -> line.startsWith("never()I 0 of "))
        .anyMatch(line -> line.matches("stepped\\(I\\)I (\\d+) of \\1 instructions"));
  }

  /** Each method's instructions and each class's lines. */
  private List<String> coverage(Path file) throws IOException {
    ExecFileLoader loader = new ExecFileLoader();
    loader.load(file.toFile());
    CoverageBuilder builder = new CoverageBuilder();
    new Analyzer(loader.getExecutionDataStore(), builder).analyzeAll(classes.toFile());
    TreeMap<String, List<String>> figures = new TreeMap<>();
    builder
        .getClasses()
        .forEach(
            type -> {
              List<String> lines = figures.computeIfAbsent(type.getName(), n -> new ArrayList<>());
              lines.add(type.getName() + " " + type.isNoMatch() + " " + statuses(type));
              type.getMethods()
                  .forEach(
                      method -> {
                        ICounter counter = method.getInstructionCounter();
                        lines.add(
                            method.getName()
                                + method.getDesc()
                                + " "
                                + counter.getCoveredCount()
                                + " of "
                                + counter.getTotalCount()
                                + " instructions");
                      });
            });
    return figures.values().stream().flatMap(List::stream).toList();
  }

  private static String statuses(ISourceNode node) {
    StringBuilder statuses = new StringBuilder();
    for (int line = node.getFirstLine(); line <= node.getLastLine(); line++) {
      statuses.append(node.getLine(line).getStatus());
    }
    return statuses.toString();
  }

  @Test
  void theOpenTelemetryAgentWorksBesideThisOne() {
    jvm =
        jvm.with(
            "-Dotel.traces.exporter=none",
            "-Dotel.metrics.exporter=none",
            "-Dotel.logs.exporter=none");
    Outcome expected = null;
    for (Jvm order : orders("-javaagent:" + Programs.jar("opentelemetry", "opentelemetry"))) {
      Outcome outcome = withoutTimes(Sameness.run(order, MAIN));
      expected = expected == null ? outcome : expected;
      Sameness.same(expected, outcome);
    }
    assertThat(expected.err()).contains("VersionLogger - opentelemetry-javaagent - version");
  }

  /** The only line that differs from run to run says when it was written. */
  private static Outcome withoutTimes(Outcome outcome) {
    String err = outcome.err().replaceAll("\\[otel\\.javaagent [-\\d: +]+]", "[otel.javaagent]");
    return new Outcome(outcome.command(), outcome.exitCode(), outcome.out(), err);
  }

  @Test
  void aFlightRecordingShowsAllocationsAtTheProgramsOwnLines() throws IOException {
    Outcome expected = Sameness.run(recorded(jvm, "without"), MAIN, "3000000");
    Outcome actual =
        Sameness.run(recorded(jvm.agent("include=covered.**"), "with"), MAIN, "3000000");
    assertThat(actual.exitCode()).as("%s", actual).isZero();
    assertThat(actual.out().replace("with.jfr", "without.jfr")).isEqualTo(expected.out());
    assertThat(actual.err()).isEqualTo(expected.err());
    assertThat(allocationsOfJobs("with"))
        .isNotEmpty()
        .allMatch(frame -> frame.matches("covered\\.Main\\.(allocated|stepped):\\d\\d"));
    assertThat(allocationsOfJobs("with")).containsAll(allocationsOfJobs("without"));
  }

  private Jvm recorded(Jvm with, String name) {
    Path file = directory.resolve(name + ".jfr");
    return with.with(
        "-Xlog:disable",
        "-XX:-DoEscapeAnalysis",
        "-XX:StartFlightRecording=settings=profile,filename=" + file);
  }

  private List<String> allocationsOfJobs(String name) throws IOException {
    return RecordingFile.readAllEvents(directory.resolve(name + ".jfr")).stream()
        .filter(event -> event.getEventType().getName().startsWith("jdk.ObjectAllocation"))
        .filter(event -> event.getClass("objectClass").getName().equals("covered.Main$Job"))
        .map(event -> event.getStackTrace().getFrames().get(0))
        .map(OtherAgentsTest::place)
        .distinct()
        .toList();
  }

  private static String place(RecordedFrame frame) {
    return frame.getMethod().getType().getName()
        + "."
        + frame.getMethod().getName()
        + ":"
        + frame.getLineNumber();
  }
}
