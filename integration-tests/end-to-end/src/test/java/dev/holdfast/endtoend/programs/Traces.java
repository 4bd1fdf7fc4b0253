package dev.holdfast.endtoend.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.endtoend.harness.Jvm;
import dev.holdfast.endtoend.harness.Outcome;
import dev.holdfast.endtoend.harness.Running;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/**
 * All that a program left behind. Nothing is normalised.
 *
 * @param files the SHA-256 of each file, by its path below the program's folder
 */
record Traces(Outcome outcome, Map<String, String> files) {
  private static final Duration DEADLINE = Duration.ofMinutes(5);

  /** Runs a program that writes into a folder, which must not be there yet. */
  static Traces of(Jvm jvm, Path folder, String main, List<String> arguments) throws IOException {
    Files.createDirectory(folder);
    try (Running running = jvm.start(main, arguments.toArray(String[]::new))) {
      return new Traces(running.outcome(DEADLINE), hashes(folder));
    }
  }

  /** The program ended so, having written files, and another run of it left the same. */
  void isSame(int exitCode, Traces other) {
    assertThat(outcome.exitCode()).as("%s", outcome).isEqualTo(exitCode);
    assertThat(files).as("files of %s", outcome).isNotEmpty();
    assertThat(other.outcome.err()).as("%s", other.outcome).isEqualTo(outcome.err());
    assertThat(other.outcome.out()).as("%s", other.outcome).isEqualTo(outcome.out());
    assertThat(other.outcome.exitCode()).as("%s", other.outcome).isEqualTo(exitCode);
    assertThat(other.files).isEqualTo(files);
  }

  private static Map<String, String> hashes(Path folder) throws IOException {
    Map<String, String> hashes = new TreeMap<>();
    try (Stream<Path> found = Files.walk(folder)) {
      for (Path file : found.filter(Files::isRegularFile).toList()) {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        hashes.put(folder.relativize(file).toString(), HexFormat.of().formatHex(digest));
      }
    } catch (NoSuchAlgorithmException e) {
      throw new AssertionError(e); // every JVM has it
    }
    return hashes;
  }
}
