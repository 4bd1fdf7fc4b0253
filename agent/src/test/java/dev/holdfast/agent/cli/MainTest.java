package dev.holdfast.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import picocli.CommandLine;

class MainTest {
  private static final String PERSON = "dev.holdfast.agent.header.fixture.Person";

  private final StringWriter out = new StringWriter();
  private final StringWriter err = new StringWriter();
  @TempDir private Path directory;

  @Test
  void writesAHeaderIntoADirectoryThatItMakes() {
    Path file = directory.resolve("include/people.h");
    assertThat(header(file, PERSON)).isZero();
    assertThat(file).content().contains("typedef struct acme_Person {", "people_init(void)");
    assertThat(file.getParent()).isDirectoryContaining(path -> path.equals(file));
    assertThat(file.getParent().toFile().list()).hasSize(1);
    assertThat(err.toString()).isEmpty();
  }

  @Test
  void leavesAHeaderAloneThatIsRightAlready() throws Exception {
    Path file = directory.resolve("people.h");
    header(file, PERSON);
    FileTime longAgo = FileTime.fromMillis(1_000_000_000_000L);
    Files.setLastModifiedTime(file, longAgo);
    assertThat(header(file, PERSON)).isZero();
    assertThat(Files.getLastModifiedTime(file)).isEqualTo(longAgo);

    assertThat(header(file, "dev.holdfast.agent.header.fixture.Point")).isZero();
    assertThat(Files.getLastModifiedTime(file)).isNotEqualTo(longAgo);
  }

  @Test
  void saysInOneLineWhatIsWrongAndLeavesTheOldHeader() throws Exception {
    Path file = directory.resolve("people.h");
    Files.writeString(file, "old");
    assertThat(header(file, "com.acme.Nobody")).isEqualTo(1);
    assertThat(err.toString().lines())
        .containsExactly(
            "holdfast: com.acme.Nobody: no such class on the class path 'target/test-classes'");
    assertThat(file).hasContent("old");
  }

  @Test
  void saysWhereItCannotWrite() throws Exception {
    Files.writeString(directory.resolve("file"), "");
    Path file = directory.resolve("file/people.h");
    assertThat(header(file, PERSON)).isEqualTo(1);
    assertThat(err.toString()).startsWith("holdfast: '" + file + "' cannot be written: ");
  }

  @Test
  void refusesAnIncompleteCommandWithItsUsage() {
    assertThat(run("header", PERSON)).isEqualTo(2);
    assertThat(err.toString()).contains("'--classpath=CP'", "'--out=FILE'", "Usage:");
  }

  @Test
  void showsHelpAndVersion() {
    assertThat(run("--help")).isZero();
    assertThat(out.toString()).contains("header", "-javaagent:holdfast.jar");
    assertThat(run("--version")).isZero();
    assertThat(out.toString()).contains("holdfast ");
    assertThat(run("header", "--help")).isZero();
    assertThat(out.toString()).contains("Outer$Inner");
  }

  private int header(Path file, String type) {
    return run(
        "header",
        "--classpath",
        "target/test-classes",
        "--out",
        file.toString(),
        "--prefix",
        "acme_",
        type);
  }

  private int run(String... arguments) {
    CommandLine commandLine = Main.commandLine();
    commandLine.setOut(new PrintWriter(out, true));
    commandLine.setErr(new PrintWriter(err, true));
    return commandLine.execute(arguments);
  }
}
