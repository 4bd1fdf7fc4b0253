package dev.holdfast.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.TimeUnit;

/**
 * A JVM of its own for one program of package {@code sample.app}, with the packaged agent or not.
 */
final class ForkedJvm {
  static final Path AGENT_JAR = Path.of(System.getProperty("holdfast.jar"));

  private static final long DEADLINE_SECONDS = 120;

  private final List<String> jvmArguments = new ArrayList<>();
  private final Map<String, String> environment = new TreeMap<>();

  /** What a program left behind. */
  record Ended(int exitCode, List<String> out, List<String> err) {
    Ended succeeded() {
      assertThat(exitCode).as("exit code; %s %s", out, err).isZero();
      return this;
    }

    /** What it printed as {@code key=value}. */
    String value(String key) {
      return out.stream()
          .filter(line -> line.startsWith(key + "="))
          .map(line -> line.substring(key.length() + 1))
          .findFirst()
          .orElseThrow(() -> new AssertionError("no " + key + " in " + out + err));
    }
  }

  /** With the agent and these options; null for none. */
  static ForkedJvm withAgent(String options) {
    return new ForkedJvm().with("-javaagent:" + AGENT_JAR + (options == null ? "" : "=" + options));
  }

  static ForkedJvm withoutAgent() {
    return new ForkedJvm();
  }

  ForkedJvm with(String... arguments) {
    jvmArguments.addAll(Arrays.asList(arguments));
    return this;
  }

  ForkedJvm withEnvironment(String name, String value) {
    environment.put(name, value);
    return this;
  }

  /** Runs the program to its end. */
  Ended run(Class<?> program, String... arguments) {
    return run("-cp", testClasses(program).toString(), program.getName(), arguments);
  }

  Ended run(String how, String classes, String program, String... arguments) {
    List<String> command = new ArrayList<>();
    command.add(Path.of(System.getProperty("java.home"), "bin", "java").toString());
    command.add("-Xmx256m");
    if (Runtime.version().feature() >= 22) {
      command.add("--enable-native-access=ALL-UNNAMED");
    }
    command.addAll(jvmArguments);
    command.add(how);
    command.add(classes);
    if (program != null) {
      command.add(program);
    }
    command.addAll(Arrays.asList(arguments));
    try {
      Path out = Files.createTempFile("holdfast", ".out");
      Path err = Files.createTempFile("holdfast", ".err");
      try {
        ProcessBuilder builder = new ProcessBuilder(command);
        builder.environment().remove("JAVA_TOOL_OPTIONS");
        builder.environment().putAll(environment);
        Process process = builder.redirectOutput(out.toFile()).redirectError(err.toFile()).start();
        boolean ended = process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS);
        if (!ended) {
          process.destroyForcibly();
        }
        Ended result =
            new Ended(
                ended ? process.exitValue() : -1, Files.readAllLines(out), Files.readAllLines(err));
        assertThat(ended).as("ended in time; %s", result).isTrue();
        return result;
      } finally {
        Files.delete(out);
        Files.delete(err);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    } catch (InterruptedException e) {
      throw new IllegalStateException(e);
    }
  }

  static Path testClasses(Class<?> program) {
    return Path.of(program.getProtectionDomain().getCodeSource().getLocation().getPath());
  }
}
