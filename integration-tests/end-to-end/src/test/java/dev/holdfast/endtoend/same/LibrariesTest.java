package dev.holdfast.endtoend.same;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.endtoend.harness.Outcome;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Libraries under a small program of ours; theirs and ours are all managed. */
class LibrariesTest {
  @TempDir private Path directory;

  @Test
  void guavaPassesTheSuitesThatItsTestlibGenerates() throws Exception {
    RealProgram suites = compiled("guava", "com.google.**:suites.**");
    Outcome expected = suites.plain("suites.Main", "all");
    assertThat(expected.out()).containsPattern("\\d{4,} run, 0 failed");
    RealProgram.same(expected, suites.managed("suites.Main", "all"), said -> said);
    RealProgram.same(
        suites.plain("suites.Main", "some"),
        suites.moving(directory.resolve("dump"), "suites.Main", "some"),
        said -> said);
  }

  @Test
  void jgraphtFindsTheSame() throws Exception {
    RealProgram graphs = compiled("jgrapht", "org.jgrapht.**:org.jheaps.**:graphs.**");
    Outcome expected = graphs.plain("graphs.Main", "300", "1500");
    assertThat(expected.exitCode()).as("%s", expected).isZero();
    RealProgram.same(expected, graphs.managed("graphs.Main", "300", "1500"), said -> said);
    RealProgram.same(
        graphs.plain("graphs.Main", "12", "40"),
        graphs.moving(directory.resolve("dump"), "graphs.Main", "12", "40"),
        said -> said);
  }

  private RealProgram compiled(String folder, String include) throws Exception {
    Path classes = Files.createDirectory(directory.resolve("classes"));
    List<Path> jars = Programs.jars(folder);
    Programs.javac(classes, Programs.sources(folder), "-cp", Programs.classPath(jars));
    List<Path> classPath = new ArrayList<>(List.of(classes));
    classPath.addAll(jars);
    return RealProgram.of(classPath, include);
  }
}
