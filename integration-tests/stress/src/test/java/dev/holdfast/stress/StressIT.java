package dev.holdfast.stress;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/**
 * The packaged races, each for a short time: one configuration of the JVM instead of all, with the
 * collector that is done soonest, because some races ask for it hundreds of times.
 */
class StressIT {
  private static final String JAR = System.getProperty("holdfast.jcstress");
  private static final String JAVA =
      Path.of(System.getProperty("java.home"), "bin/java").toString();
  private static final List<String> SHORT =
      List.of(
          ("-m quick -jvmArgs -Xmx256m -jvmArgs -XX:+UseSerialGC -sc false -f 1 -fsm 1"
                  + " -iters 1 -time 500 -strideSize 10 -strideCount 100 -v")
              .split(" "));

  private static final List<String> RACES =
      List.of(
          "WriterAgainstMover",
          "LateAdoptionAgainstWriter",
          "ReaderAgainstReuse",
          "RetainAgainstRelease.Mirrored",
          "RetainAgainstRelease.Opaque",
          "DrainAgainstRecount.Recount",
          "DrainAgainstRecount.LastRelease",
          "VolatileWriters",
          "HoldAgainstHold",
          "HoldAgainstWriter",
          "HoldAgainstUnhold",
          "HoldAgainstRelease",
          "TieAgainstTie",
          "TieAgainstRelease",
          "LookAgainstTie",
          "WeakGetAgainstRelease.Mirrored",
          "WeakGetAgainstRelease.Opaque",
          "WeakGetAgainstFree");

  @TempDir Path folder;

  /** Also red when nothing is run: on a machine with one processor there are no races. */
  @Test
  @Timeout(value = 40, unit = TimeUnit.MINUTES)
  void noRaceEndsAsItMustNot() throws Exception {
    String output = run();
    for (String race : RACES) {
      assertThat(output).contains("[OK] " + Main.class.getPackageName() + "." + race);
    }
    assertThat(output).contains("Failed tests: No matches.").contains("Error tests: No matches.");
  }

  private String run() throws IOException, InterruptedException {
    List<String> command = new ArrayList<>(List.of(JAVA, "-jar", JAR));
    command.addAll(SHORT);
    command.addAll(List.of("-r", folder.resolve("report").toString()));
    Path log = folder.resolve("log");
    Process process =
        new ProcessBuilder(command)
            .directory(folder.toFile()) // where jcstress leaves its results
            .redirectErrorStream(true)
            .redirectOutput(log.toFile())
            .start();
    int exitCode = process.waitFor();
    String output = Files.readString(log, StandardCharsets.UTF_8);
    assertThat(exitCode).as(output).isZero();
    return output;
  }
}
