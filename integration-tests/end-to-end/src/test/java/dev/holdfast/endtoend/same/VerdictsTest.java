package dev.holdfast.endtoend.same;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class VerdictsTest {
  @TempDir private Path directory;

  @Test
  void onlyTestsWhoseVerdictDiffersAreNamed() throws Exception {
    Verdicts without = reported("without", passed("same") + passed("loses") + failed("wins", "A"));
    Verdicts with = reported("with", passed("same") + failed("loses", "B") + passed("wins"));
    assertThat(with.size()).isEqualTo(3);
    assertThat(with.differingFrom(without))
        .containsExactly(
            "with the agent: a.Test loses(): B\n    B: at 17:04\n    \tat a.Test.loses",
            "without the agent: a.Test loses(): passed",
            "without the agent: a.Test wins(): A\n    A: at 17:04\n    \tat a.Test.wins",
            "with the agent: a.Test wins(): passed");
    assertThatThrownBy(() -> with.areAsWithoutTheAgent(without))
        .isInstanceOf(AssertionError.class)
        .hasMessageContaining("a.Test loses(): B")
        .hasMessageNotContaining("same");
  }

  @Test
  void testsOfOneNameAreCounted() throws Exception {
    Verdicts without = reported("without", passed("twice") + passed("twice"));
    Verdicts with = reported("with", passed("twice"));
    assertThat(with.differingFrom(without))
        .containsExactly("without the agent: a.Test twice(): passed");
    without.areAsWithoutTheAgent(reported("again", passed("twice") + passed("twice")));
  }

  @Test
  void someClassesAreLeftOut() throws Exception {
    Verdicts both = reported("both", passed("one") + passed("other").replace("a.Test", "a.TestB"));
    assertThat(both.without(List.of("a.Test"))).isEqualTo(both.without(List.of("a.Test", "c.C")));
    assertThat(both.without(List.of("a.Test")).details().keySet())
        .containsExactly("a.TestB other(): passed");
  }

  private Verdicts reported(String folder, String cases) throws Exception {
    Path reports = Files.createDirectory(directory.resolve(folder));
    Files.writeString(reports.resolve("TEST.xml"), "<testsuite>" + cases + "</testsuite>");
    return Verdicts.in(reports);
  }

  private static String passed(String name) {
    return "<testcase name='"
        + name
        + "()' classname='a.Test'><system-out>x</system-out></testcase>";
  }

  private static String failed(String name, String thrown) {
    return String.format(
        "<testcase name='%s()' classname='a.Test'><failure type='%s'>%s: at 17:04\n\tat a.Test.%s"
            + "</failure></testcase>",
        name, thrown, thrown, name);
  }
}
