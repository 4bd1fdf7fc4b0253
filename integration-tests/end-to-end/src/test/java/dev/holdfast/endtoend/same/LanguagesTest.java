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

  /** The line whose lazy fields go by {@code Unsafe}, with the library of Scala 2.13. */
  @Test
  void scala33() {
    scala3("scala-3.3");
  }

  /** The first that is for 17 and later: its lazy fields go by {@code VarHandle}. */
  @Test
  void scala39() {
    scala3("scala-3.9");
  }

  private void scala3(String folder) {
    Path library = Programs.jar(folder, "scala-library");
    Path ofThree = Programs.jar(folder, "scala3-library");
    Programs.compile(
        folder,
        "dotty.tools.dotc.Main",
        Programs.sources("scala3"),
        "-nowarn",
        "-cp",
        Programs.classPath(List.of(library, ofThree)),
        "-d",
        classes.toString());
    Sameness.of(classes, List.of(library, ofThree), "poly.**")
        .holds(directory.resolve("dump"), "poly.Main");
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
