package dev.holdfast.agent.header;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.File;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/** The machine's C and C++ compilers; a test that needs one which is not there is skipped. */
public enum CCompiler {
  C11("gcc", "c", "-std=c11"),
  C11_GNU("gcc", "c", "-std=gnu11"),
  CPP17("g++", "cpp", "-std=c++17"),
  CPP17_GNU("g++", "cpp", "-std=gnu++17");

  /** Found from the compiled tests, {@code agent/target/test-classes}, wherever they are run. */
  private static final Path INCLUDE =
      Path.of(CCompiler.class.getProtectionDomain().getCodeSource().getLocation().getPath())
          .resolve("../../../handles/src/main/include");

  private final String program;
  private final String suffix;
  private final String standard;

  CCompiler(String program, String suffix, String standard) {
    this.program = program;
    this.suffix = suffix;
    this.standard = standard;
  }

  /**
   * Compiles a program that may include headers in this directory, with all warnings as errors, and
   * runs it.
   */
  String run(Path directory, String source) throws Exception {
    Path file = directory.resolve(name() + "." + suffix);
    Path program = directory.resolve(name());
    Files.writeString(file, source);
    output(
        "-Wall",
        "-Wextra",
        "-Wpedantic",
        "-Werror",
        "-I" + INCLUDE,
        "-I" + directory,
        "-o",
        program.toString(),
        file.toString());
    return execute(List.of(program.toString()));
  }

  /** Compiles a library likewise, and gives its path. */
  public Path library(Path directory, String source) throws Exception {
    Path file = directory.resolve("lib" + name() + "." + suffix);
    Path library = directory.resolve("lib" + name() + ".so");
    Files.writeString(file, source);
    output(
        "-Wall",
        "-Wextra",
        "-Wpedantic",
        "-Werror",
        "-O2",
        "-fPIC",
        "-shared",
        "-fvisibility=hidden",
        "-I" + INCLUDE,
        "-I" + directory,
        "-o",
        library.toString(),
        file.toString());
    return library;
  }

  /** What the preprocessor defines before it has read anything. */
  Stream<String> predefinedMacros() throws Exception {
    return output("-dM", "-E", "-x", suffix.equals("c") ? "c" : "c++", "/dev/null")
        .lines()
        .map(line -> line.split(" ")[1].replaceAll("\\(.*", ""));
  }

  private String output(String... arguments) throws Exception {
    assumeTrue(
        Stream.of(System.getenv("PATH").split(File.pathSeparator))
            .anyMatch(directory -> Files.isExecutable(Path.of(directory, program))),
        program + " is missing: apt-get install -y gcc g++ libc6-dev");
    List<String> command = new ArrayList<>(List.of(program, standard));
    command.addAll(List.of(arguments));
    return execute(command);
  }

  private static String execute(List<String> command) throws IOException, InterruptedException {
    Process process = new ProcessBuilder(command).redirectErrorStream(true).start();
    String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
    assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("%s ended", command).isTrue();
    assertThat(process.exitValue()).as("%s%n%s", command, output).isZero();
    return output;
  }
}
