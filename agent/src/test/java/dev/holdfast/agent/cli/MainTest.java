package dev.holdfast.agent.cli;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import picocli.CommandLine;

class MainTest {
  private static final String PERSON = "sample.people.Person";

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

    assertThat(header(file, "sample.people.Point")).isZero();
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

  @Test
  void beginsWithTheTopmostClassThatTheAgentsPatternsSelect() throws Exception {
    sample("sample.base.Base", "java/lang/Object", "top");
    sample("sample.Derived", "sample/base/Base", "own");
    Path file = directory.resolve("derived.h");

    assertThat(derived(file)).isZero();
    assertThat(file).content().contains("int32_t top;", "offsetof(Derived, own) == 12");
    assertThat(derived(file, "--include", "sample.*")).isZero();
    assertThat(file).content().contains("offsetof(Derived, own) == 8").doesNotContain(" top;");
    assertThat(derived(file, "--exclude", "sample.base.*")).isZero();
    assertThat(file).content().contains("offsetof(Derived, own) == 8");
    assertThat(derived(file, "--include", "other.**")).isEqualTo(1);
    assertThat(err.toString())
        .startsWith("holdfast: sample.Derived: not managed, because neither it nor a superclass");
  }

  @Test
  void refusesAPatternAsTheAgentWould() {
    assertThat(derived(directory.resolve("d.h"), "--include", "java.util.*")).isEqualTo(1);
    assertThat(err.toString()).startsWith("holdfast: --include=java.util.*: ");
  }

  private void sample(String name, String superName, String field) throws Exception {
    ClassWriter writer = new ClassWriter(0);
    String own = name.replace('.', '/');
    writer.visit(Opcodes.V11, Opcodes.ACC_PUBLIC, own, null, superName, null);
    writer.visitField(0, field, "I", null, null);
    Path file = directory.resolve(own + ".class");
    Files.createDirectories(file.getParent());
    Files.write(file, writer.toByteArray());
  }

  private int derived(Path file, String... options) {
    List<String> arguments = new ArrayList<>(List.of("header"));
    arguments.addAll(List.of("--classpath", directory.toString(), "--out", file.toString()));
    arguments.addAll(List.of(options));
    arguments.add("sample.Derived");
    return run(arguments.toArray(String[]::new));
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
