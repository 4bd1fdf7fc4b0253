package dev.holdfast.jna;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;
import static org.junit.jupiter.api.DynamicTest.dynamicTest;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * Runs the tests of the C runtime ({@code src/test/c}), which need no JVM, each in a process of its
 * own; also under the sanitizers that the compiler has, with a kernel that lacks membarrier, and
 * compiled for aarch64, run by an emulator of it. And what a fuzzer makes up.
 */
class CRuntimeTest {
  private static final int UNSUPPORTED = 77;

  /** How long each stress test runs. */
  private static final String MILLIS = "300";

  private static final boolean LONG = Boolean.getBoolean("holdfast.test.long");

  private static final long DEADLINE_SECONDS = LONG ? 900 : 120;

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

  /**
   * Memory, thread keys and membarrier refused, at each call in turn; here leaks are looked for.
   */
  @TestFactory
  Stream<DynamicTest> survivesWhatIsRefused() {
    return tests("faults", Map.of("ASAN_OPTIONS", "detect_leaks=1"));
  }

  @TestFactory
  Stream<DynamicTest> passesOnAnEmulatedAarch64() {
    assumeThat(isInstalled("qemu-aarch64") && isInstalled("aarch64-linux-gnu-g++"))
        .as("apt-get install -y qemu-user g++-aarch64-linux-gnu")
        .isTrue();
    Map<String, String> emulation =
        Map.of(
            "HOLDFAST_TEST_EMULATOR", "qemu-aarch64", "QEMU_LD_PREFIX", "/usr/aarch64-linux-gnu");
    return tests("aarch64", emulation, "aarch64-linux-gnu-gcc", "aarch64-linux-gnu-g++");
  }

  /**
   * Calls that libFuzzer makes up of an input's bytes, good and bad ones: the same twenty thousand
   * inputs each time, or ten minutes of new ones. What finds something says its bytes (Base64).
   */
  @Test
  void survivesWhatAFuzzerMakesUp() {
    String built = built("fuzz").toString();
    Outcome build = run(Map.of(), "sh", "src/test/c/build.sh", "clang", "clang++", "fuzz", built);
    assumeThat(build.exit).as("apt-get install -y clang libclang-rt-dev").isNotEqualTo(UNSUPPORTED);
    assertThat(build.exit).as(build.output).isZero();
    Outcome outcome =
        run(
            Map.of(),
            built + "/fuzz",
            "-max_len=1024",
            "-len_control=10",
            "-detect_leaks=0", // not after each input, but at the end
            "-artifact_prefix=" + built + "/",
            LONG ? "-max_total_time=600" : "-runs=20000",
            LONG ? "-seed=0" : "-seed=1");
    assertThat(outcome.exit).as(outcome.output).isZero();
  }

  private static boolean isInstalled(String command) {
    return run(Map.of(), "sh", "-c", "command -v " + command).exit == 0;
  }

  private record Outcome(int exit, String output) {}

  private static Stream<DynamicTest> tests(String variant, Map<String, String> environment) {
    return tests(
        variant, environment, System.getProperty("cc", "cc"), System.getProperty("cxx", "c++"));
  }

  private static Stream<DynamicTest> tests(
      String variant, Map<String, String> environment, String cc, String cxx) {
    Path built = built(variant);
    Outcome build = run(Map.of(), "sh", "src/test/c/build.sh", cc, cxx, variant, built.toString());
    if (build.exit == UNSUPPORTED) {
      System.err.println("holdfast: " + cc + " has no sanitizer for the variant " + variant);
      return Stream.of();
    }
    assertThat(build.exit).as(build.output).isZero();
    String program = built.resolve("tests").toString();
    String[] command =
        Stream.of(environment.get("HOLDFAST_TEST_EMULATOR"), program)
            .filter(Objects::nonNull)
            .toArray(String[]::new);
    List<String> names = run(environment, command).output.lines().toList();
    assertThat(names).hasSizeGreaterThan(variant.equals("faults") ? 1 : 50).doesNotHaveDuplicates();
    return names.stream()
        .map(name -> dynamicTest(name, () -> assertPasses(environment, plus(command, name))));
  }

  private static Path built(String variant) {
    return Path.of("target", "c-tests", variant).toAbsolutePath();
  }

  private static String[] plus(String[] command, String argument) {
    return Stream.concat(Stream.of(command), Stream.of(argument)).toArray(String[]::new);
  }

  private static void assertPasses(Map<String, String> environment, String... command) {
    Outcome outcome = run(environment, command);
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
