package dev.holdfast.jna;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs the tests of the C runtime ({@code src/test/c}), which need no JVM, each in a process of its
 * own; also under the sanitizers that the compiler has, and with a kernel that lacks membarrier.
 */
class CRuntimeTest {
  private static final int UNSUPPORTED = 77;

  /** How long each stress test runs. */
  private static final String MILLIS = "300";

  private static final long DEADLINE_SECONDS = 120;

  @TestFactory
  Stream<DynamicTest> passes() {
    return tests("plain", Map.of());
  }

  @TestFactory
  Stream<DynamicTest> passesWithoutMembarrier() {
    return tests("plain", Map.of("HOLDFAST_TEST_NO_MEMBARRIER", "1"));
  }

  /** Leaks are not looked for: what the tests build up is never freed, as in the runtime. */
  @TestFactory
  Stream<DynamicTest> passesUnderAddressSanitizer() {
    return tests("address", Map.of("ASAN_OPTIONS", "detect_leaks=0"));
  }

  @TestFactory
  Stream<DynamicTest> passesUnderThreadSanitizer() {
    return tests("thread", Map.of("TSAN_OPTIONS", "halt_on_error=1"));
  }

  private record Outcome(int exit, String output) {}

  private static Stream<DynamicTest> tests(String variant, Map<String, String> environment) {
    Path built = Path.of("target", "c-tests", variant).toAbsolutePath();
    String cc = System.getProperty("cc", "cc");
    String cxx = System.getProperty("cxx", "c++");
    Outcome build = run(Map.of(), "sh", "src/test/c/build.sh", cc, cxx, variant, built.toString());
    if (build.exit == UNSUPPORTED) {
      System.err.println("holdfast: " + cc + " has no sanitizer for the variant " + variant);
      return Stream.of();
    }
    assertThat(build.exit).as(build.output).isZero();
    String program = built.resolve("tests").toString();
    List<String> names = run(environment, program).output.lines().toList();
    assertThat(names).hasSizeGreaterThan(50).doesNotHaveDuplicates();
    return names.stream()
        .map(name -> dynamicTest(name, () -> assertPasses(environment, program, name)));
  }

  private static void assertPasses(Map<String, String> environment, String program, String name) {
    Outcome outcome = run(environment, program, name);
    assertThat(outcome.exit).as(outcome.output).isZero();
  }

  private static Outcome run(Map<String, String> environment, String... command) {
    ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
    builder.environment().put("HOLDFAST_TEST_MILLIS", MILLIS);
    builder.environment().putAll(environment);
    try {
      Path output = Files.createTempFile("holdfast", ".out");
      Process process = builder.redirectOutput(output.toFile()).start();
      boolean ended = process.waitFor(DEADLINE_SECONDS, TimeUnit.SECONDS);
      if (!ended) {
        process.destroyForcibly().waitFor();
      }
      String said =
          Files.readString(output) + (ended ? "" : "ended after " + DEADLINE_SECONDS + " s");
      Files.delete(output);
      return new Outcome(ended ? process.exitValue() : -1, said);
    } catch (IOException e) {
      throw new AssertionError(String.join(" ", command), e);
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      throw new AssertionError(e);
    }
  }
}
