package dev.holdfast.endtoend.same;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.endtoend.harness.Outcome;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * Test suites of libraries, run by JUnit's console launcher in one JVM: the verdict of each test is
 * the one that it has without the agent. Both suites have failures of their own where they run
 * outside their project's folder.
 */
class TestSuitesTest {
  private static final String LAUNCHER = "org.junit.platform.console.ConsoleLauncher";

  /** Whether also what is too slow for every build; the profile {@code long} says so. */
  private static final boolean LONG = Boolean.getBoolean("holdfast.test.long");

  /**
   * Tests that sleep for a fraction of a second and expect that less than another has gone by: on a
   * machine with other things to do one of them fails now and then, with the agent or without.
   */
  private static final List<String> BY_THE_CLOCK =
      List.of(
          "org.apache.commons.collections4.bloomfilter.LayeredBloomFilterTest",
          "org.apache.commons.collections4.map.LRUMapTest",
          "org.apache.commons.collections4.map.PassiveExpiringMapTest");

  private static final int MOST_LOOKS = 4;

  @TempDir private Path directory;

  @Test
  void commonsCollections() {
    Suite suite = suite("collections", "commons-collections4", "org.apache.commons.collections4");
    Verdicts expected = suite.plain();
    assertThat(expected.size()).isGreaterThan(5_000);
    Verdicts actual = suite.managed();
    actual.without(BY_THE_CLOCK).areAsWithoutTheAgent(expected.without(BY_THE_CLOCK));
    for (int look = 1; look < MOST_LOOKS && !actual.differingFrom(expected).isEmpty(); look++) {
      Suite again = suite.again(look, BY_THE_CLOCK);
      expected = again.plain();
      assertThat(expected.size()).isGreaterThan(100);
      actual = again.managed();
    }
    actual.areAsWithoutTheAgent(expected);
  }

  @Test
  void commonsCollectionsWhileEverythingMoves() {
    Suite suite =
        suite("collections", "commons-collections4", "org.apache.commons.collections4")
            .only("keyvalue", "functors", "comparators", "properties");
    Verdicts expected = suite.plain();
    assertThat(expected.size()).isGreaterThan(200);
    suite.moving().areAsWithoutTheAgent(expected);
  }

  @Test
  void commonsLang() {
    Suite suite = suite("lang", "commons-lang3", "org.apache.commons.lang3");
    if (!LONG) {
      suite = suite.only("builder", "tuple", "mutable", "reflect", "text", "math", "function");
    }
    Verdicts expected = suite.plain();
    assertThat(expected.size()).isGreaterThan(1_500);
    suite.managed().areAsWithoutTheAgent(expected);
  }

  @Test
  void commonsLangWhileEverythingMoves() {
    Suite suite =
        suite("lang", "commons-lang3", "org.apache.commons.lang3")
            .only("tuple", "mutable", "exception", "event");
    Verdicts expected = suite.plain();
    assertThat(expected.size()).isGreaterThan(300);
    suite.moving().areAsWithoutTheAgent(expected);
  }

  private Suite suite(String folder, String artifact, String packageName) {
    List<Path> classPath = new ArrayList<>();
    Path tests =
        Programs.jars("input").stream()
            .filter(jar -> jar.getFileName().toString().startsWith(artifact))
            .filter(jar -> jar.toString().endsWith("-tests.jar"))
            .findFirst()
            .orElseThrow();
    classPath.add(tests);
    classPath.addAll(Programs.jars(folder));
    classPath.addAll(Programs.jars("console"));
    RealProgram program =
        RealProgram.of(classPath, packageName + ".**")
            .with(
                // commons-lang lists fields of the JDK's classes and of its own
                "--add-opens=java.base/java.lang.reflect=ALL-UNNAMED",
                "--add-opens=java.base/java.lang=ALL-UNNAMED",
                "--add-opens=java.base/java.util=ALL-UNNAMED",
                "--add-opens=java.base/java.time=ALL-UNNAMED",
                "--add-opens=java.base/java.time.chrono=ALL-UNNAMED");
    return new Suite(program, tests, packageName, List.of(), ".*Test", directory);
  }

  /** Some of the tests in a jar. */
  private record Suite(
      RealProgram program,
      Path tests,
      String packageName,
      List<String> packages,
      String classes,
      Path directory) {
    Suite only(String... subpackages) {
      return new Suite(program, tests, packageName, List.of(subpackages), classes, directory);
    }

    /** Some classes, with reports in a folder of their own. */
    Suite again(int number, List<String> names) {
      Path folder = directory.resolve("again-" + number);
      return new Suite(program, tests, packageName, packages, String.join("|", names), folder);
    }

    Verdicts plain() {
      return verdicts(program.plain(LAUNCHER, arguments("plain")), "plain");
    }

    Verdicts managed() {
      return verdicts(program.managed(LAUNCHER, arguments("managed")), "managed");
    }

    Verdicts moving() {
      Path dump = directory.resolve("dump");
      return verdicts(program.moving(dump, LAUNCHER, arguments("moving")), "moving");
    }

    private String[] arguments(String reports) {
      List<String> arguments =
          new ArrayList<>(
              List.of(
                  "execute",
                  "--scan-classpath=" + tests,
                  "--include-classname=" + classes,
                  // they set default locales; our own properties, on the class path too, say two
                  "--config=junit.jupiter.execution.parallel.enabled=false",
                  "--details=none",
                  "--disable-banner",
                  "--reports-dir=" + directory.resolve(reports)));
      packages.forEach(name -> arguments.add("--include-package=" + packageName + "." + name));
      return arguments.toArray(String[]::new);
    }

    private Verdicts verdicts(Outcome outcome, String reports) {
      assertThat(outcome.exitCode()).as("%s", outcome).isBetween(0, 1); // 1: some tests failed
      assertThat(outcome.err()).as("%s", outcome).doesNotContain("holdfast");
      return Verdicts.in(directory.resolve(reports));
    }
  }
}
