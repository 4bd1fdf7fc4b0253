package dev.holdfast.endtoend.same;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.endtoend.harness.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import org.junit.jupiter.api.Assumptions;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Compilers, checkers, a database and a drawing program write the same. */
class RealProgramsTest {
  private static final String COMPILER = "org.eclipse.jdt.internal.compiler.batch.Main";

  @TempDir private Path directory;

  @Test
  void eclipseCompilesTheSameClassFiles() {
    RealProgram ecj = RealProgram.of(Programs.jars("ecj"), "org.eclipse.**"); // a signed jar
    String both = sources("all", "org/").toString();
    Outcome expected = ecj.plain(COMPILER, compile("plain", both));
    assertThat(expected.exitCode()).as("%s", expected).isZero();
    List<String> files = Programs.digests(directory.resolve("plain"));
    assertThat(files).hasSizeGreaterThan(1_000);
    Outcome actual = ecj.managed(COMPILER, compile("managed", both));
    assertThat(Programs.digests(directory.resolve("managed"))).isEqualTo(files);
    RealProgram.same(expected, actual, said -> said);
  }

  @Test
  void eclipseCompilesTheSameWhileEverythingMoves() {
    RealProgram ecj = RealProgram.of(Programs.jars("ecj"), "org.eclipse.**");
    Path all = sources("all", "org/");
    String some = all.resolve("org/apache/commons/collections4/queue").toString();
    Outcome expected = ecj.plain(COMPILER, compile("plain", "-sourcepath", all.toString(), some));
    assertThat(expected.exitCode()).as("%s", expected).isZero();
    Outcome actual =
        ecj.moving(
            directory.resolve("dump"),
            COMPILER,
            compile("moving", "-sourcepath", all.toString(), some));
    assertThat(Programs.digests(directory.resolve("moving")))
        .isEqualTo(Programs.digests(directory.resolve("plain")));
    RealProgram.same(expected, actual, said -> said);
  }

  private String[] compile(String out, String... what) {
    List<String> arguments =
        new ArrayList<>(List.of("--release", "17", "-nowarn", "-proc:none", "-d"));
    arguments.add(directory.resolve(out).toString());
    arguments.addAll(List.of(what));
    return arguments.toArray(String[]::new);
  }

  @Test
  void pmdReportsTheSame() {
    String main = "net.sourceforge.pmd.cli.PmdCli";
    RealProgram pmd =
        RealProgram.of(Programs.jars("pmd"), "net.sourceforge.pmd.**").with("-Dpmd.threads=1");
    Path some = sources("some", "org/apache/commons/lang3/builder/");
    Outcome expected = pmd.plain(main, check(some));
    assertThat(expected.out().lines().count()).as("%s", expected).isGreaterThan(20);
    RealProgram.same(expected, pmd.managed(main, check(some)), said -> said);
    Path few = sources("few", "org/apache/commons/lang3/tuple/MutablePair.java");
    RealProgram.same(
        pmd.plain(main, check(few)),
        pmd.moving(directory.resolve("dump"), main, check(few)),
        said -> said);
  }

  private static String[] check(Path sources) {
    return new String[] {
      "check",
      "--dir=" + sources,
      "--rulesets=rulesets/java/quickstart.xml",
      "--format=text",
      "--no-cache",
      "--no-progress",
      "--threads=1"
    };
  }

  @Test
  void spotBugsReportsTheSame() {
    String main = "edu.umd.cs.findbugs.FindBugs2";
    RealProgram bugs = RealProgram.of(Programs.jars("spotbugs"), "edu.umd.cs.findbugs.**");
    Path lang = Programs.jar("lang", "commons-lang3");
    String[] some = {"-low", "-onlyAnalyze", "org.apache.commons.lang3.builder.*", lang.toString()};
    Outcome expected = bugs.plain(main, some);
    assertThat(expected.out().lines().count()).as("%s", expected).isGreaterThan(5);
    RealProgram.same(expected, bugs.managed(main, some), said -> said);
  }

  @Test
  void spotBugsReportsTheSameWhileEverythingMoves() {
    String main = "edu.umd.cs.findbugs.FindBugs2";
    RealProgram bugs = RealProgram.of(Programs.jars("spotbugs"), "edu.umd.cs.findbugs.detect.**");
    Path one = classes("org/apache/commons/lang3/mutable/MutableInt.class");
    String[] few = {"-low", one.toString()};
    RealProgram.same(
        bugs.plain(main, few), bugs.moving(directory.resolve("dump"), main, few), said -> said);
  }

  @Test
  void h2AnswersTheSame() throws IOException {
    RealProgram h2 = RealProgram.of(Programs.jars("h2"), "org.h2.**");
    Path script = Programs.sources("h2").get(0);
    Outcome expected = h2.plain("org.h2.tools.RunScript", run(script));
    assertThat(expected.out().lines().count()).as("%s", expected).isGreaterThan(500);
    UnaryOperator<String> withoutTimes = said -> said.replaceAll("(?m)^-->.*ms$", "");
    RealProgram.same(expected, h2.managed("org.h2.tools.RunScript", run(script)), withoutTimes);
    Path few = directory.resolve("few.sql");
    Files.write(few, Files.readAllLines(script).subList(0, 60));
    RealProgram.same(
        h2.plain("org.h2.tools.RunScript", run(few)),
        h2.moving(directory.resolve("dump"), "org.h2.tools.RunScript", run(few)),
        withoutTimes);
  }

  private static String[] run(Path script) {
    return new String[] {
      "-url", "jdbc:h2:mem:books", "-user", "sa", "-script", script.toString(), "-showResults"
    };
  }

  @Test
  void plantUmlDrawsTheSame() throws IOException {
    RealProgram plantUml = RealProgram.of(Programs.jars("plantuml"), "net.sourceforge.plantuml.**");
    String main = "net.sourceforge.plantuml.Run";
    Path pictures = Programs.sources("plantuml").get(0);
    Outcome expected = plantUml.plain(main, draw(pictures, "plain"));
    Assumptions.assumeFalse(
        expected.err().contains("fontconfig") || expected.err().contains("UnsatisfiedLinkError"),
        "no fonts: apt-get install -y fontconfig fonts-dejavu-core libfreetype6");
    List<String> files = Programs.digests(directory.resolve("plain"));
    assertThat(files).as("%s", expected).hasSizeGreaterThan(4);
    Outcome actual = plantUml.managed(main, draw(pictures, "managed"));
    assertThat(Programs.digests(directory.resolve("managed"))).isEqualTo(files);
    RealProgram.same(expected, actual, said -> said);

    Path one = directory.resolve("one.puml");
    Files.writeString(one, "@startuml\nA -> B : hello\nB --> A : done\n@enduml\n");
    RealProgram.same(
        plantUml.plain(main, draw(one, "one")),
        plantUml.moving(directory.resolve("dump"), main, draw(one, "moving")),
        said -> said);
    assertThat(Programs.digests(directory.resolve("moving")))
        .isEqualTo(Programs.digests(directory.resolve("one")));
  }

  private String[] draw(Path pictures, String out) {
    String folder = directory.resolve(out).toString();
    return new String[] {"-tsvg", "-nometadata", "-o", folder, pictures.toString()};
  }

  /** Source files whose names begin so, out of the sources jars. */
  private Path sources(String folder, String prefix) {
    return unpacked(folder, "-sources.jar", prefix, ".java");
  }

  private Path classes(String prefix) {
    return unpacked("classes", "3.20.0.jar", prefix, ".class");
  }

  private Path unpacked(String folder, String jarSuffix, String prefix, String suffix) {
    Path to = directory.resolve("unpacked-" + folder);
    for (Path jar : Programs.jars("input")) {
      if (!jar.toString().endsWith(jarSuffix)) {
        continue;
      }
      try (ZipInputStream in = new ZipInputStream(Files.newInputStream(jar))) {
        for (ZipEntry entry = in.getNextEntry(); entry != null; entry = in.getNextEntry()) {
          if (entry.getName().startsWith(prefix) && entry.getName().endsWith(suffix)) {
            Path file = to.resolve(entry.getName());
            Files.createDirectories(file.getParent());
            Files.copy(in, file);
          }
        }
      } catch (IOException e) {
        throw new AssertionError(e);
      }
    }
    return to;
  }
}
