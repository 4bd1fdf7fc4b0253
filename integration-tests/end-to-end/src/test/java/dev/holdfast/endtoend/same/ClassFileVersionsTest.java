package dev.holdfast.endtoend.same;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.endtoend.harness.Jvm;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** Class files of all ages. */
class ClassFileVersionsTest {
  private static final List<Path> SOURCE =
      Programs.sources("versions").stream().filter(file -> file.endsWith("Main.java")).toList();

  @TempDir private Path directory;

  /** Before 6 there are no frames; before 5 ECJ compiles {@code finally} into subroutines. */
  @ParameterizedTest
  @CsvSource({"1.4, 48", "1.5, 49", "1.6, 50", "1.8, 52", "11, 55", "17, 61"})
  void anOldClassFileDoesTheSame(String version, int major) throws IOException {
    Path classes = directory.resolve("classes");
    Programs.compile(
        "ecj",
        "org.eclipse.jdt.internal.compiler.batch.Main",
        SOURCE,
        "-source",
        version,
        "-target",
        version,
        "-g",
        "-nowarn",
        "-d",
        classes.toString());
    holds(classes, major, "versions.Main");
  }

  /** From 25 on with fields that are written before the superclass is constructed. */
  @Test
  void aClassFileOfTheJvmsOwnVersionDoesTheSame() throws IOException {
    boolean newest = Jvm.feature() >= 25;
    Path classes = directory.resolve("classes");
    Programs.javac(classes, newest ? Programs.sources("versions") : SOURCE);
    holds(classes, 44 + Jvm.feature(), "versions.Main");
    if (newest) {
      holds(classes, 44 + Jvm.feature(), "versions.Newest");
    }
  }

  private void holds(Path classes, int major, String main) throws IOException {
    Path file = classes.resolve(main.replace('.', '/') + ".class");
    assertThat(ByteBuffer.wrap(Files.readAllBytes(file)).getShort(6)).isEqualTo((short) major);
    Sameness.of(classes, List.of(), "versions.**").holds(directory.resolve("dump-" + main), main);
  }
}
