package dev.holdfast.endtoend.same;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.endtoend.harness.Outcome;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * What other compilers than javac make of allocations, constructors and fields; and the compilers
 * themselves, with all their own classes managed.
 */
class LanguagesTest {
  /** Whether also what is too slow for every build; the profile {@code long} says so. */
  private static final boolean LONG = Boolean.getBoolean("holdfast.test.long");

  @TempDir private Path directory;

  @Test
  void kotlin() {
    Path library = Programs.jar("kotlin", "kotlin-stdlib");
    compile(
        "kotlin",
        "org.jetbrains.kotlin.cli.jvm.K2JVMCompiler",
        "org.jetbrains.kotlin.**:kotlin.**:kotlinx.**",
        Programs.sources("kotlin"),
        "-no-stdlib",
        "-no-reflect",
        "-cp",
        library.toString());
    holds(List.of(library), "poly.MainKt");
  }

  @Test
  void scala() {
    Path library = Programs.jar("scala", "scala-library");
    compile(
        "scala",
        "scala.tools.nsc.Main",
        "scala.**",
        Programs.sources("scala"),
        "-nowarn",
        "-cp",
        library.toString());
    holds(List.of(library), "poly.Main");
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
    List<Path> libraries =
        List.of(Programs.jar(folder, "scala-library"), Programs.jar(folder, "scala3-library"));
    compile(
        folder,
        "dotty.tools.dotc.Main",
        "dotty.**:scala.**",
        Programs.sources("scala3"),
        "-nowarn",
        "-cp",
        Programs.classPath(libraries));
    holds(libraries, "poly.Main");
  }

  @Test
  void groovy() {
    compile(
        "groovy",
        "org.codehaus.groovy.tools.FileSystemCompiler",
        "org.codehaus.groovy.**:org.apache.groovy.**:groovy.**",
        Programs.sources("groovy"));
    holds(List.of(Programs.jar("groovy", "groovy")), "poly.Main");
  }

  private void holds(List<Path> libraries, String main) {
    Sameness.of(directory.resolve("classes"), libraries, "poly.**")
        .holds(directory.resolve("dump"), main);
  }

  /**
   * Compiles into the folder {@code classes}, and the same once more with the compiler managed.
   *
   * @param include what selects the compiler's own classes
   */
  private void compile(
      String folder, String main, String include, List<Path> sources, String... options) {
    RealProgram compiler =
        RealProgram.of(Programs.jars(folder), include)
            .with("-XX:TieredStopAtLevel=1", "-XX:+UseSerialGC", "-Xss4m");
    Outcome plain = compiler.plain(main, into("classes", sources, options));
    assertThat(plain.exitCode()).as("%s", plain).isZero();
    same(plain, compiler.managed(main, into("managed", sources, options)), "managed");
    if (LONG) {
      Path dump = directory.resolve("dump-compiler");
      same(plain, compiler.moving(dump, main, into("moving", sources, options)), "moving");
    }
  }

  private void same(Outcome plain, Outcome actual, String folder) {
    RealProgram.same(plain, actual, said -> said);
    assertThat(Programs.digests(directory.resolve(folder)))
        .isEqualTo(Programs.digests(directory.resolve("classes")));
  }

  /** Compilers want the folder to be there. */
  private String[] into(String folder, List<Path> sources, String... options) {
    Path out = directory.resolve(folder);
    try {
      Files.createDirectory(out);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    List<String> arguments = new ArrayList<>(List.of(options));
    arguments.addAll(List.of("-d", out.toString()));
    sources.forEach(source -> arguments.add(source.toString()));
    return arguments.toArray(String[]::new);
  }
}
