package dev.holdfast.endtoend;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The demo as a person starts it, on a smaller part of the JDK. */
class NativeDemoTest {
  private static final String AGENT =
      "-javaagent:" + System.getProperty("holdfast.jar") + "=include=dev.holdfast.demo.model.*";
  private static final long SECONDS = 300;

  @TempDir private Path directory;

  @Test
  void ranksInCEqualThoseInJavaWhileEverythingMoves() throws Exception {
    Run run = demo(List.of(AGENT + ",zeal=1"), "--limit", "1500", "--iterations", "10");
    assertThat(run.output())
        .contains("equal: of 1,500 ranks", "all handles were given back")
        .containsPattern("\n +1  java\\.lang\\.(Object|String) ")
        .containsPattern("HandlesCounted +21\n")
        .contains("dev.holdfast:type=Handles", "dev.holdfast:type=Arena")
        .containsPattern("MovedCohortsTotal +[1-9]")
        .containsPattern("StaleUsesTotal +0\n")
        .containsPattern("OverReleasesTotal +0\n")
        .doesNotContain("NOT EQUAL");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void ranksTheWholeJdkAsTheReadmeSays() throws Exception {
    Run run = demo(List.of(AGENT + ",zeal=100", "-Xmx512m"));
    assertThat(run.output()).containsPattern("equal: of 2\\d,\\d\\d\\d ranks");
    assertThat(run.exitCode()).isZero();
  }

  @Test
  void saysInOneLineWhatToAddWithoutTheAgent() throws Exception {
    Run run = demo(List.of());
    assertThat(run.output())
        .isEqualTo(
            "native-demo: C cannot read these objects: add"
                + " -javaagent:agent/target/holdfast.jar=include=dev.holdfast.demo.model.*\n");
    assertThat(run.exitCode()).isEqualTo(2);
  }

  private record Run(int exitCode, String output) {}

  private Run demo(List<String> jvmOptions, String... arguments)
      throws IOException, InterruptedException {
    List<String> command = new ArrayList<>();
    command.add(System.getProperty("holdfast.test.java") + "/bin/java");
    command.addAll(jvmOptions);
    command.addAll(List.of("-jar", System.getProperty("holdfast.demo.jar")));
    command.addAll(List.of(arguments));
    Path output = directory.resolve("output");
    Process process =
        new ProcessBuilder(command)
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(process.waitFor(SECONDS, TimeUnit.SECONDS))
          .as("ended within %d s: %s%n%s", SECONDS, command, Files.readString(output))
          .isTrue();
      return new Run(process.exitValue(), Files.readString(output));
    } finally {
      process.destroyForcibly();
    }
  }
}
