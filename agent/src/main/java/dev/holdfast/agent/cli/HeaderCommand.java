package dev.holdfast.agent.cli;

import dev.holdfast.agent.header.ClassPath;
import dev.holdfast.agent.header.HeaderException;
import dev.holdfast.agent.header.HeaderGenerator;
import dev.holdfast.agent.options.OptionException;
import dev.holdfast.agent.options.Selection;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Predicate;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

/** {@code header}: writes the C structs of managed classes. */
@Command(
    name = "header",
    description = {
      "Writes a C header with one struct for each class, NAME_of(hf_ref), a constant for each"
          + " field, and FILE_init().",
      "",
      "Class files are read, no class is loaded."
    },
    mixinStandardHelpOptions = true,
    sortOptions = false)
final class HeaderCommand implements Callable<Integer> {
  @Spec private CommandSpec spec;

  @Option(
      names = "--classpath",
      required = true,
      paramLabel = "CP",
      description = "Where the class files are: as for java, the JDK's own need not be named.")
  private String classPath;

  @Option(
      names = "--out",
      required = true,
      paramLabel = "FILE",
      description = "The header to write. people.h gives people_init().")
  private Path out;

  @Option(
      names = "--prefix",
      paramLabel = "P",
      defaultValue = "",
      description = "Goes before the name of each struct.")
  private String prefix;

  @Option(
      names = "--include",
      paramLabel = "PATTERNS",
      description =
          "The agent's include=, if it selects a class but not that class's superclass: a mirror"
              + " begins with the fields of the topmost selected class. Without it every class"
              + " outside java.*, javax.*, jdk.* and sun.* counts as selected.")
  private String include;

  @Option(
      names = "--exclude",
      paramLabel = "PATTERNS",
      description = "The agent's exclude=, likewise.")
  private String exclude;

  @Parameters(
      arity = "1..*",
      paramLabel = "CLASS",
      description = "a.b.C, or a.b.Outer$$Inner (also as a.b.Outer.Inner).")
  private List<String> classes;

  @Override
  public Integer call() {
    PrintWriter err = spec.commandLine().getErr();
    byte[] header;
    try (ClassPath open = new ClassPath(classPath)) {
      HeaderGenerator generator =
          new HeaderGenerator(
              open, selected(), prefix, warning -> err.println("holdfast: warning: " + warning));
      header =
          generator
              .header(out.getFileName().toString(), classes)
              .getBytes(StandardCharsets.US_ASCII);
    }
    try {
      write(header);
    } catch (IOException e) {
      throw new HeaderException("'" + out + "' cannot be written: " + e, e);
    }
    return 0;
  }

  private Predicate<String> selected() {
    if (include == null && exclude == null) {
      return HeaderGenerator::outsideTheJdk;
    }
    try {
      Selection selection = Selection.parse(include == null ? "**" : include, exclude);
      return name -> selection.matches(name.replace('.', '/'));
    } catch (OptionException e) {
      throw new HeaderException("--" + e.getMessage(), e);
    }
  }

  /**
   * Leaves a file alone that is right already, so that nothing is compiled again; never leaves half
   * of one.
   */
  private void write(byte[] header) throws IOException {
    if (Files.isRegularFile(out) && Arrays.equals(Files.readAllBytes(out), header)) {
      return;
    }
    Path directory = out.toAbsolutePath().getParent();
    Files.createDirectories(directory);
    Path draft = directory.resolve("." + out.getFileName() + ".part");
    try {
      Files.write(draft, header);
      Files.move(draft, out, StandardCopyOption.REPLACE_EXISTING);
    } finally {
      Files.deleteIfExists(draft);
    }
  }
}
