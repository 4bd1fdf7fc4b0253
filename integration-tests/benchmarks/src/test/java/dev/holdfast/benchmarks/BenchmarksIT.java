package dev.holdfast.benchmarks;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

/** The packaged benchmarks run. What they measure here, in milliseconds, means nothing. */
class BenchmarksIT {
  private static final String JAR = System.getProperty("holdfast.benchmarks");
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin/java").toString();
  private static final List<String> SHORT =
      List.of("-foe", "true", "-wi", "0", "-i", "1", "-r", "1ms");

  @Test
  @Timeout(value = 2, unit = TimeUnit.MINUTES)
  void everyBenchmarkRunsAndIsInTheTable() throws Exception {
    List<String> command = new ArrayList<>(List.of(JAVA));
    command.addAll(Main.agentArguments());
    // no collection of the JVM moves what ought to be fresh
    command.addAll(List.of("-Xmx1500m", "-Xmn1g", "-cp", JAR, Main.class.getName(), "-f", "0"));
    command.addAll(SHORT);

    String output = run(command);

    for (Comparison comparison : Comparison.ALL) {
      assertThat(output).contains("| " + comparison.what()).contains(comparison.rivalName() + ": ");
    }
  }

  @Test
  @Timeout(value = 1, unit = TimeUnit.MINUTES)
  void theJarStartsTheJvmsThatMeasureWithTheAgent() throws Exception {
    List<String> command = new ArrayList<>(List.of(JAVA, "-jar", JAR, "Counting", "-f", "1"));
    command.addAll(SHORT);

    assertThat(run(command)).contains("| retain and release in C | ");
  }

  private static String run(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor()).as(output).isZero();
    return output;
  }
}
