package dev.holdfast.agent;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Takes {@code include/} out of {@code holdfast.jar}, and builds with it as a C library would. */
class PackagedHeadersIT {
  /** Ends with 0 if hf_init says HF_ENORUNTIME, as it does where there is no Java. */
  private static final String PROGRAM =
      """
      int main(void) { return hf_init(HF_ABI_VERSION) == HF_ENORUNTIME ? 0 : 1; }
      """;

  @TempDir Path folder;
  private Path include;

  @BeforeEach
  void unpack() throws IOException {
    include = Files.createDirectory(folder.resolve("include"));
    try (JarFile jar = new JarFile(System.getProperty("holdfast.jar"))) {
      for (String name : List.of("holdfast.h", "holdfast.hpp", "holdfast.pc")) {
        try (InputStream bytes = jar.getInputStream(jar.getEntry("include/" + name))) {
          Files.copy(bytes, include.resolve(name));
        }
      }
    }
  }

  @Test
  void pkgConfigKnowsTheFolderAndTheVersion() throws Exception {
    assertThat(pkgConfig("--cflags")).containsExactly("-I" + include);
    assertThat(pkgConfig("--modversion")).containsExactly(System.getProperty("holdfast.version"));
  }

  @Test
  void aCProgramIsBuiltByWhatPkgConfigSays() throws Exception {
    assertBuildsAndRuns(System.getProperty("cc", "cc"), "-std=c11", "holdfast.h", "program.c");
  }

  @Test
  void aCppProgramIsBuiltByWhatPkgConfigSays() throws Exception {
    assertBuildsAndRuns(
        System.getProperty("cxx", "c++"), "-std=c++17", "holdfast.hpp", "program.cc");
  }

  private void assertBuildsAndRuns(String compiler, String standard, String header, String name)
      throws Exception {
    Path source = folder.resolve(name);
    Files.writeString(source, "#include <" + header + ">\n" + PROGRAM);
    String program = folder.resolve("program").toString();
    List<String> compile = new ArrayList<>(List.of(compiler, standard));
    compile.addAll(List.of("-Wall", "-Wextra", "-Wpedantic", "-Wshadow", "-Werror"));
    compile.addAll(List.of(source.toString(), "-o", program));
    compile.addAll(pkgConfig("--cflags", "--libs"));
    run(compile);
    run(List.of(program));
  }

  private List<String> pkgConfig(String... what) throws Exception {
    assumeThat(isInstalled("pkg-config")).as("apt-get install -y pkg-config").isTrue();
    List<String> command = new ArrayList<>(List.of("pkg-config"));
    command.addAll(List.of(what));
    command.add("holdfast");
    return List.of(run(command).strip().split("\\s+"));
  }

  private static boolean isInstalled(String command) throws Exception {
    return new ProcessBuilder("sh", "-c", "command -v " + command + " >/dev/null").start().waitFor()
        == 0;
  }

  /** What the command said; it ends with 0. */
  private String run(List<String> command) throws Exception {
    Path output = Files.createTempFile(folder, "said", "");
    ProcessBuilder builder =
        new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(output.toFile());
    builder.environment().put("PKG_CONFIG_PATH", include.toString());
    Process process = builder.start();
    try {
      assertThat(process.waitFor(5, TimeUnit.MINUTES)).as("%s ended", command).isTrue();
    } finally {
      process.destroyForcibly();
    }
    String said = Files.readString(output, UTF_8);
    assertThat(process.exitValue()).as("%s: %s", command, said).isZero();
    return said;
  }
}
