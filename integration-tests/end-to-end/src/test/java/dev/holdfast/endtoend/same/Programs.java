package dev.holdfast.endtoend.same;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.endtoend.harness.Jvm;
import dev.holdfast.endtoend.harness.Outcome;
import dev.holdfast.endtoend.harness.Running;
import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HexFormat;
import java.util.List;
import java.util.spi.ToolProvider;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/** The sources of the programs, the jars that the pom fetches, and compilers. */
final class Programs {
  private static final Path SOURCES = Path.of(System.getProperty("holdfast.test.programs"));
  private static final Path JARS = Path.of(System.getProperty("holdfast.test.same"));
  private static final String SEPARATOR = File.pathSeparator;

  private Programs() {}

  /** The source files below a folder, sorted. */
  static List<Path> sources(String folder) {
    return filesBelow(SOURCES.resolve(folder));
  }

  /** The jars in one of the pom's folders, sorted. */
  static List<Path> jars(String folder) {
    return filesBelow(JARS.resolve(folder));
  }

  /** The jar whose name begins so. */
  static Path jar(String folder, String prefix) {
    return jars(folder).stream()
        .filter(jar -> jar.getFileName().toString().startsWith(prefix))
        .findFirst()
        .orElseThrow(() -> new AssertionError(prefix + " is not in " + JARS.resolve(folder)));
  }

  /** All files in a folder, or below it, sorted. */
  static List<Path> filesBelow(Path folder) {
    try (Stream<Path> files = Files.walk(folder)) {
      return files.filter(Files::isRegularFile).sorted(Comparator.naturalOrder()).toList();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** SHA-256 and name of each file. */
  static List<String> digests(Path folder) {
    List<String> digests = new ArrayList<>();
    try {
      for (Path file : filesBelow(folder)) {
        byte[] digest = MessageDigest.getInstance("SHA-256").digest(Files.readAllBytes(file));
        digests.add(HexFormat.of().formatHex(digest) + " " + folder.relativize(file));
      }
      return digests;
    } catch (IOException | NoSuchAlgorithmException e) {
      throw new AssertionError(e);
    }
  }

  /** As the option {@code -cp} wants it. */
  static String classPath(List<Path> entries) {
    return entries.stream().map(Path::toString).collect(Collectors.joining(SEPARATOR));
  }

  /** With all of these behind the class path. */
  static Jvm with(Jvm jvm, List<Path> entries) {
    Jvm with = jvm;
    for (Path entry : entries) {
      with = with.classPath(entry);
    }
    return with;
  }

  /** Compiles with the javac of the JDK under test. */
  static void javac(Path out, List<Path> sources, String... options) {
    List<String> arguments = new ArrayList<>(List.of("-g", "-nowarn", "-proc:none", "-d"));
    arguments.add(out.toString());
    arguments.addAll(List.of(options));
    sources.forEach(source -> arguments.add(source.toString()));
    int exitCode =
        ToolProvider.findFirst("javac")
            .orElseThrow()
            .run(System.out, System.err, arguments.toArray(String[]::new));
    assertThat(exitCode).as("javac %s", arguments).isZero();
  }

  /** An agent that gives its {@code Instrumentation} away, as a jar. */
  static Path redefiningAgent(Path folder) throws IOException {
    Path jar = folder.resolve("agent.jar");
    javac(folder.resolve("classes"), sources("redefine-agent"));
    Path manifest = folder.resolve("manifest");
    Files.writeString(
        manifest,
        """
        Premain-Class: redefining.Agent
        Can-Redefine-Classes: true
        Can-Retransform-Classes: true
        """);
    int exitCode =
        ToolProvider.findFirst("jar")
            .orElseThrow()
            .run(
                System.out,
                System.err,
                "--create",
                "--file=" + jar,
                "--manifest=" + manifest,
                "-C",
                folder.resolve("classes").toString(),
                ".");
    assertThat(exitCode).as("jar").isZero();
    return jar;
  }

  /** Compiles with a compiler that one of the pom's folders has. */
  static void compile(String folder, String compiler, List<Path> sources, String... options) {
    List<String> arguments = new ArrayList<>(List.of(options));
    sources.forEach(source -> arguments.add(source.toString()));
    Jvm jvm =
        Jvm.underTest().with("-Xmx512m", "-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss4m");
    try (Running running =
        with(jvm, jars(folder)).start(compiler, arguments.toArray(String[]::new))) {
      Outcome outcome = running.outcome();
      assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    }
  }
}
