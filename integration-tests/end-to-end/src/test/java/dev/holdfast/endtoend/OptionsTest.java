package dev.holdfast.endtoend;

import static dev.holdfast.endtoend.harness.JvmCollector.G1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.endtoend.app.Inactive;
import dev.holdfast.endtoend.app.Quiet;
import dev.holdfast.endtoend.harness.ForkedJvm;
import dev.holdfast.endtoend.harness.Jvm;
import dev.holdfast.endtoend.harness.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** The agent's options, and what happens when it cannot follow them. */
class OptionsTest {
  private static final String SELECTED = "include=dev.holdfast.endtoend.app.*";

  @TempDir private Path directory;

  private static Jvm agent(String... options) {
    return Jvm.underTest().with("-XX:+UseSerialGC").agent(options);
  }

  @ForkedJvm
  void nothingIsSaidWhenAllIsWell(Jvm jvm) {
    jvm.runs(Quiet.class);
  }

  @ParameterizedTest
  @CsvSource(
      delimiter = '|',
      textBlock =
          """
          arena=8q            | arena=8q
          arena=1k            | arena=1k
          nursery=-1          | nursery=-1
          cohort=300          | cohort=300
          zeal=often          | zeal=often
          mode=sometimes      | mode=sometimes
          onfailure=explode   | onfailure=explode
          log=loud            | log=loud
          verify=perhaps      | verify=perhaps
          includes=a.b.*      | includes=a.b.*
          include=            | include
          include=a..b        | a..b
          include=java.util.* | java.util.*
          libdir=/nowhere     | libdir=/nowhere
          config=/nowhere     | config=/nowhere
          zeal=1,,            | zeal=1,,
          """)
  void aBadOptionStopsTheJvmWithOneLine(String option, String named) {
    Outcome outcome = agent(option).run(Quiet.class);
    assertThat(outcome.exitCode()).as("%s", outcome).isNotZero();
    assertThat(outcome.out()).as("%s", outcome).isEmpty();
    assertThat(outcome.err().lines()).as("%s", outcome).hasSize(1);
    assertThat(outcome.err()).startsWith("holdfast: ").contains(named);
  }

  @Test
  void aBadVariableStopsTheJvmWithOneLine() {
    Outcome outcome = agent(SELECTED).environment("HOLDFAST_OPTIONS", "zeal=-4").run(Quiet.class);
    assertThat(outcome.exitCode()).as("%s", outcome).isNotZero();
    outcome.saidLines("holdfast: .*zeal=-4.*");
  }

  @Test
  void optionsComeFromTheArgumentThenTheVariableThenTheFile() throws IOException {
    Path file = directory.resolve("holdfast.properties");
    Files.writeString(file, "include = dev.holdfast.endtoend.app.*\nzeal = wrong\n", UTF_8);
    agent("config=" + file).environment("HOLDFAST_OPTIONS", "zeal=1").runs(Quiet.class);
  }

  @Test
  void aSwitchedOffAgentDoesNothing() {
    agent("no such option").with("-Dholdfast.enabled=false").runs(Inactive.class, "asks");
    agent("arena=8q").environment("HOLDFAST_ENABLED", "false").runs(Inactive.class, "asks");
  }

  @ForkedJvm(zeal = 1, collectors = G1)
  void withoutItsLibraryTheProgramRunsOn(Jvm jvm) {
    jvm.agent("libdir=" + directory, "onfailure=off")
        .run(Inactive.class)
        .isSuccessSaying("holdfast: .*" + directory + ".*");
  }

  @Test
  void withoutItsLibraryTheJvmStopsIfItWasToldSo() {
    Outcome outcome = agent(SELECTED, "libdir=" + directory, "onfailure=stop").run(Inactive.class);
    assertThat(outcome.exitCode()).as("%s", outcome).isNotZero();
    outcome.saidLines("holdfast: .*" + directory + ".*");
  }

  @Test
  void rewrittenClassesAreDumped() throws IOException {
    agent(SELECTED, "dump=" + directory).runs(Quiet.class);
    try (Stream<Path> files = Files.walk(directory)) {
      assertThat(files.map(Path::toString)).anyMatch(file -> file.endsWith("app/Quiet$Item.class"));
    }
  }

  @Test
  void otherClassesHaveNoMirrors() {
    Outcome outcome = agent("include=com.example.*").run(Quiet.class);
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err()).contains("not so: managed");
  }
}
