package dev.holdfast.endtoend.same;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What other compilers than javac make of allocations, constructors and fields. */
class LanguagesTest {
  @TempDir private Path directory;

  private Path classes;

  @BeforeEach
  void compilersWantTheFolder() throws Exception {
    classes = Files.createDirectory(directory.resolve("classes"));
  }

  @Test
  void kotlin() {
    Path library = Programs.jar("kotlin", "kotlin-stdlib");
    Programs.compile(
        "kotlin",
        "org.jetbrains.kotlin.cli.jvm.K2JVMCompiler",
        Programs.sources("kotlin"),
        "-no-stdlib",
        "-no-reflect",
        "-cp",
        library.toString(),
        "-d",
        classes.toString());
    holds(library, "poly.MainKt");
  }

  @Test
  void scala() {
    Path library = Programs.jar("scala", "scala-library");
    Programs.compile(
        "scala",
        "scala.tools.nsc.Main",
        Programs.sources("scala"),
        "-nowarn",
        "-cp",
        library.toString(),
        "-d",
        classes.toString());
    holds(library, "poly.Main");
  }

  @Test
  void groovy() {
    Programs.compile(
        "groovy",
        "org.codehaus.groovy.tools.FileSystemCompiler",
        Programs.sources("groovy"),
        "-d",
        classes.toString());
    holds(Programs.jar("groovy", "groovy"), "poly.Main");
  }

  private void holds(Path library, String main) {
    Sameness.of(classes, List.of(library), "poly.**").holds(directory.resolve("dump"), main);
  }
}
