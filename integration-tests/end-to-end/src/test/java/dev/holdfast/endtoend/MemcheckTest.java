package dev.holdfast.endtoend;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.holdfast.endtoend.harness.Jvm;
import dev.holdfast.endtoend.harness.Outcome;
import dev.holdfast.endtoend.harness.Running;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A small part of the demo in a JVM under valgrind's memcheck, while everything moves: no invalid
 * access, no use of an unset value and no definite leak in libholdfast or in the demo's library. In
 * the profile {@code long} alone, on JDK 17: it takes some three minutes.
 *
 * <p>Goes red when pagerank.c makes its array of ranks one element too short.
 */
class MemcheckTest {
  private static final boolean LONG = Boolean.getBoolean("holdfast.test.long");
  private static final Duration DEADLINE = Duration.ofMinutes(10);
  private static final Path ROOT = Path.of(System.getProperty("holdfast.root"));
  private static final String PLATFORM = System.getProperty("holdfast.platform");
  private static final Path SUPPRESSIONS =
      ROOT.resolve("integration-tests/end-to-end/src/test/valgrind/jvm.supp");

  private static final Pattern ERROR = Pattern.compile("<error>.*?</error>", Pattern.DOTALL);
  private static final Pattern FRAME = Pattern.compile("<frame>.*?</frame>", Pattern.DOTALL);
  private static final Pattern OBJECT = Pattern.compile("<obj>(.*)</obj>");

  /** Who is called by everybody: the next frame tells whose error it is. */
  private static final Pattern COMMON = Pattern.compile(".*/(vgpreload_|libc\\.|libm\\.|ld-).*");

  private static final Pattern OURS = Pattern.compile(".*/(libholdfast|libpagerank)\\.so");

  @TempDir private Path directory;

  @Test
  void theDemoMakesNoErrorOfMemory() throws Exception {
    if (!LONG || Jvm.feature() != 17) {
      return;
    }
    assumeThat(isInstalled("valgrind")).as("apt-get install -y valgrind").isTrue();
    Outcome outcome = demo("--limit", "60", "--iterations", "30", "--allocators", "1");
    String report = Files.readString(directory.resolve("report"));
    assertThat(report).as("the report is whole").contains("</valgrindoutput>");
    assertThat(oursIn(report)).isEmpty();
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    assertThat(outcome.out())
        .contains("equal: of 60 ranks", "all handles were given back")
        .containsPattern("MovedCohortsTotal +[1-9]");
  }

  private static boolean isInstalled(String command) throws IOException, InterruptedException {
    return new ProcessBuilder("sh", "-c", "command -v " + command).start().waitFor() == 0;
  }

  private Outcome demo(String... arguments) throws IOException {
    Jvm jvm =
        Jvm.underTest()
            .startedBy(
                "valgrind",
                "--xml=yes",
                "--xml-file=" + directory.resolve("report"),
                "--suppressions=" + SUPPRESSIONS,
                "--smc-check=all-non-file",
                "--error-limit=no",
                "--vgdb=no",
                "--leak-check=full",
                "--show-leak-kinds=definite",
                "--num-callers=25")
            .with("-Xint", "-XX:+UseSerialGC", "-Xmx64m", "-Xss2m", "-XX:-UsePerfData")
            .with("-Djna.library.path=" + ROOT.resolve("native-demo/target/classes/" + PLATFORM))
            .agent("include=dev.holdfast.demo.model.*", "zeal=5", "arena=16m")
            .agent("libdir=" + libraries())
            .classPath(Path.of(System.getProperty("holdfast.demo.jar")));
    try (Running running = jvm.start("dev.holdfast.demo.Main", arguments)) {
      return running.outcome(DEADLINE);
    }
  }

  /** JNA would extract libholdfast to a file with a name of its own. */
  private Path libraries() throws IOException {
    Path folder = Files.createDirectory(directory.resolve("libraries"));
    String library = System.mapLibraryName("holdfast");
    Files.copy(
        ROOT.resolve("handles/target/classes").resolve(PLATFORM).resolve(library),
        folder.resolve(library));
    try (JarFile agent = new JarFile(Jvm.AGENT.toFile());
        InputStream jna = agent.getInputStream(agent.getEntry("META-INF/holdfast/jna.jar"))) {
      Files.copy(jna, folder.resolve("jna.jar"));
    }
    return folder;
  }

  /** The errors that begin in our libraries. */
  private static List<String> oursIn(String report) {
    List<String> ours = new ArrayList<>();
    for (MatchResult error : (Iterable<MatchResult>) ERROR.matcher(report).results()::iterator) {
      boolean begins =
          FRAME
              .matcher(error.group())
              .results()
              .map(frame -> objectOf(frame.group()))
              .filter(object -> !COMMON.matcher(object).matches())
              .limit(1)
              .anyMatch(object -> OURS.matcher(object).matches());
      if (begins) {
        ours.add(error.group());
      }
    }
    return ours;
  }

  /** The library that a frame is in; empty for generated code. */
  private static String objectOf(String frame) {
    var found = OBJECT.matcher(frame);
    return found.find() ? found.group(1) : "";
  }
}
