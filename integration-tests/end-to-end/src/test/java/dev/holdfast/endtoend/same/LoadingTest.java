package dev.holdfast.endtoend.same;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.endtoend.harness.Jvm;
import dev.holdfast.endtoend.harness.Outcome;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Named modules, child-first loaders, and classes that another agent redefines. */
class LoadingTest {
  @TempDir private Path directory;

  private Path classes;
  private Path dump;

  @BeforeEach
  void nameFolders() {
    classes = directory.resolve("classes");
    dump = directory.resolve("dump");
  }

  @Test
  void namedModulesStayAsTheyAre() {
    Path model = classes.resolve("app.model");
    Path main = classes.resolve("app.main");
    Programs.javac(model, Programs.sources("modules/app.model"));
    Programs.javac(main, Programs.sources("modules/app.main"), "-p", model.toString());
    String path = Programs.classPath(List.of(model, main));
    Jvm jvm = Programs.with(Jvm.underTest(), List.of(model, main)).with("--module-path", path);
    Outcome outcome =
        new Sameness(jvm, classes, "app.**").holds(dump, "--module=app.main/app.main.Main");
    assertThat(outcome.out()).contains("does not \"opens app.model\" to module app.main");
  }

  @Test
  void childFirstLoadersEachHaveTheirOwn() {
    Programs.javac(classes, Programs.sources("loaders"));
    Sameness.of(classes, List.of(), "loaders.**").holds(dump, "loaders.Main");
  }

  @Test
  void anotherAgentRedefinesAndRetransformsClasses() throws Exception {
    Path agent = Programs.redefiningAgent(directory.resolve("agent"));
    Programs.javac(classes, Programs.sources("redefine"), "-cp", agent.toString());
    Sameness.of(classes, List.of(), "redefine.**")
        .with("-javaagent:" + agent)
        .holds(dump, "redefine.Main");
  }
}
