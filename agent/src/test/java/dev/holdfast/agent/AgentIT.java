package dev.holdfast.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import sample.app.Adopting;
import sample.app.Attaching;
import sample.app.AttachingTooLate;
import sample.app.Hello;
import sample.app.Idling;
import sample.app.Logging;
import sample.app.Overriding;
import sample.app.Reflecting;

/** Runs programs in JVMs of their own, with the jar that users get. */
class AgentIT {
  private static final String BEANS = "[Arena, Classes, Collector, Handles, Holdups, Sites]";
  private static final String INCLUDE = "include=sample.app.*";

  @TempDir Path directory;

  @Test
  void programWithoutManagedClassesRunsAsEver() {
    ForkedJvm.Ended ended = ForkedJvm.withAgent("include=none.such.*").run(Hello.class).succeeded();
    assertThat(ended.out()).containsExactly("hello");
    assertThat(ended.err()).isEmpty();
  }

  @Test
  void programThatHasNoManagedClassForLongHasTheBeansAndLoadsJnaWithItsFirst() {
    ForkedJvm.Ended ended =
        ForkedJvm.withAgent("include=sample.app.Node").run(Idling.class).succeeded();
    assertThat(ended.value("early")).isEqualTo("false");
    assertThat(ended.value("late")).isEqualTo("true");
    assertThat(ended.value("counted")).isEqualTo("0");
    assertThat(ended.err()).isEmpty();
  }

  /** Loaded in the middle of one, it could wait for an agent that waits for us. */
  @Test
  void whatEveryTransformationNeedsIsLoadedBeforeTheProgram() throws IOException {
    Path log = directory.resolve("loaded");
    ForkedJvm.withAgent("include=none.such.*")
        .with("-Xlog:class+load:file=" + log)
        .run(Hello.class)
        .succeeded();
    List<String> lines = Files.readAllLines(log);
    List<String> afterwards =
        lines.subList(indexOf(lines, "sun.launcher.LauncherHelper"), lines.size());
    assertThat(afterwards)
        .anyMatch(line -> line.contains(Hello.class.getName()))
        .noneMatch(line -> line.contains(" dev.holdfast.agent.rewrite."))
        .noneMatch(line -> line.contains(" dev.holdfast.agent.classfile."))
        .noneMatch(line -> line.contains(" dev.holdfast.layout."))
        .noneMatch(line -> line.contains("ConcurrentHashMap$KeySetView"));
  }

  /** Other agents rewrite lambdas as they are linked. */
  @Test
  void noLambdaIsLinkedWhileClassesAreRewrittenOrObjectsAdopted() throws IOException {
    Path log = directory.resolve("loaded");
    ForkedJvm.withAgent(INCLUDE)
        .with("-Xlog:class+load:file=" + log)
        .run(Adopting.class)
        .succeeded();
    assertThat(Files.readAllLines(log))
        .anyMatch(line -> line.contains(" dev.holdfast.agent.rewrite.MethodRewriter "))
        .noneMatch(
            line -> line.matches(".* dev\\.holdfast\\.(agent|hook|space)\\..*\\$\\$Lambda.*"));
  }

  private static int indexOf(List<String> lines, String type) {
    for (int i = 0; i < lines.size(); i++) {
      if (lines.get(i).contains(" " + type + " ")) {
        return i;
      }
    }
    throw new AssertionError(type + " was not loaded");
  }

  @ParameterizedTest
  @ValueSource(strings = {INCLUDE, INCLUDE + ",zeal=1", INCLUDE + ",cohort=256,arena=4m,verify"})
  void objectsAreAdoptedWrittenThroughAndCloned(String options) {
    ForkedJvm.Ended ended = ForkedJvm.withAgent(options).run(Adopting.class).succeeded();
    assertThat(ended.value("active")).isEqualTo("true");
    assertThat(ended.value("managed")).isEqualTo("true");
    assertThat(ended.value("adopted")).isEqualTo("3");
    assertThat(ended.value("distinct")).isEqualTo("4");
    assertThat(ended.value("differences")).isEqualTo("[]");
    assertThat(ended.err()).isEmpty();
  }

  @Test
  void debugModeReportsAtExitAndSaysNothingElse() {
    ForkedJvm.Ended ended =
        ForkedJvm.withAgent(INCLUDE + ",debug=true").run(Adopting.class).succeeded();
    assertThat(ended.value("adopted")).isEqualTo("3");
    assertThat(ended.err())
        .singleElement()
        .asString()
        .startsWith("holdfast: at exit")
        .contains("0 recorded retains not given back");
  }

  @Test
  void demandModeAdoptsOnlyWhatIsHandedOver() {
    ForkedJvm.Ended ended =
        ForkedJvm.withAgent(INCLUDE + ",mode=demand").run(Adopting.class).succeeded();
    assertThat(ended.value("adopted")).isEqualTo("0");
    assertThat(ended.value("distinct")).isEqualTo("4");
    assertThat(ended.value("differences")).isEqualTo("[]");
  }

  @Test
  void classDataSharingStaysOn() {
    ForkedJvm.withAgent(INCLUDE).with("-Xshare:on").run(Adopting.class).succeeded();
  }

  @Test
  void optionsComeFromTheEnvironmentToo() {
    ForkedJvm.Ended ended =
        ForkedJvm.withAgent(null)
            .withEnvironment("HOLDFAST_OPTIONS", INCLUDE)
            .run(Adopting.class)
            .succeeded();
    assertThat(ended.value("managed")).isEqualTo("true");
  }

  @Test
  void withoutIncludeEveryHandleIsOpaqueAndALineSaysSo() {
    ForkedJvm.Ended ended = ForkedJvm.withAgent(null).run(Adopting.class).succeeded();
    assertThat(ended.value("managed")).isEqualTo("false");
    assertThat(ended.value("distinct")).isEqualTo("4");
    assertThat(ended.err()).singleElement().asString().startsWith("holdfast: warn: include");
  }

  @Test
  void switchedOffItDoesNothing() {
    for (ForkedJvm jvm :
        new ForkedJvm[] {
          ForkedJvm.withAgent(INCLUDE).with("-Dholdfast.enabled=false"),
          ForkedJvm.withAgent("arena=nonsense").withEnvironment("HOLDFAST_ENABLED", "false")
        }) {
      ForkedJvm.Ended ended = jvm.run(Hello.class).succeeded();
      assertThat(ended.out()).containsExactly("hello");
      assertThat(ended.err()).isEmpty();
    }
  }

  @Test
  void underASecurityManagerThatForbidsItTheProgramRunsAsEver() {
    if (Runtime.version().feature() > 23) {
      return; // has no security manager
    }
    ForkedJvm.Ended ended =
        ForkedJvm.withAgent(INCLUDE).with("-Djava.security.manager").run(Hello.class).succeeded();
    assertThat(ended.out()).containsExactly("hello");
    assertThat(ended.err())
        .filteredOn(line -> line.startsWith("holdfast: "))
        .singleElement()
        .asString()
        .contains("without Holdfast: access denied");
  }

  @Test
  void fieldsStayWhereLibrariesLookForThoseOfTheJdk() {
    List<String> plain = ForkedJvm.withoutAgent().run(Overriding.class).succeeded().out();
    List<String> managed = ForkedJvm.withAgent(INCLUDE).run(Overriding.class).succeeded().out();
    assertThat(managed).hasSize(1).isEqualTo(plain);
  }

  @Test
  void badOptionStopsTheJvmWithOneLine() {
    ForkedJvm.Ended ended = ForkedJvm.withAgent("arena=8q").run(Hello.class);
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.out()).isEmpty();
    assertThat(ended.err())
        .containsExactly("holdfast: error: arena=8q: not a size (expected digits with k, m or g)");
  }

  @Test
  void agentGivenTwiceIsOneAgent() {
    ForkedJvm.Ended ended =
        ForkedJvm.withAgent(INCLUDE)
            .with("-javaagent:" + ForkedJvm.AGENT_JAR + "=" + INCLUDE)
            .run(Adopting.class)
            .succeeded();
    assertThat(ended.value("differences")).isEqualTo("[]");
    assertThat(ended.err())
        .singleElement()
        .asString()
        .contains("already")
        .doesNotContain("without Holdfast");
  }

  @Test
  void missingLibraryTurnsHoldfastOff() {
    ForkedJvm.Ended ended =
        ForkedJvm.withAgent(INCLUDE + ",libdir=" + directory).run(Logging.class).succeeded();
    assertThat(ended.err())
        .singleElement()
        .asString()
        .startsWith("holdfast: warn: the application runs without Holdfast: ")
        .contains(directory.toString());
    assertThat(ended.value("state")).startsWith("off: ").contains(directory.toString());
  }

  @Test
  void missingLibraryStopsTheJvmIfThatIsAskedFor() {
    ForkedJvm.Ended ended =
        ForkedJvm.withAgent(INCLUDE + ",onfailure=stop,libdir=" + directory).run(Logging.class);
    assertThat(ended.exitCode()).isEqualTo(1);
    assertThat(ended.err()).singleElement().asString().startsWith("holdfast: error: ");
  }

  @Test
  void hiddenFieldsAreHiddenFromTheFirstMomentInEveryLoader() {
    ForkedJvm.Ended ended = ForkedJvm.withAgent(INCLUDE).run(Reflecting.class).succeeded();
    assertThat(ended.value("own")).isEqualTo("[next, number, wide]");
    assertThat(ended.value("other")).isEqualTo("[next, number, wide]");
    assertThat(ended.value("made")).isEqualTo("7");
    assertThat(ended.value("managed")).isEqualTo("true");
    assertThat(ended.value("jdk")).isEqualTo("[]");
    assertThat(ended.err()).isEmpty();
  }

  @Test
  void applicationChoosesItsLogManagerAndFindsTheBeans() {
    ForkedJvm.Ended ended = ForkedJvm.withAgent(INCLUDE).run(Logging.class).succeeded();
    assertThat(ended.value("manager")).isEqualTo("sample.app.Logging$Own");
    assertThat(ended.value("beans")).isEqualTo(BEANS);
  }

  @Test
  void programInAJarIsRecognised() throws IOException {
    Path jar = directory.resolve("with a space.jar");
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MAIN_CLASS, Logging.class.getName());
    try (OutputStream out = Files.newOutputStream(jar);
        JarOutputStream classes = new JarOutputStream(out, manifest)) {
      for (String name :
          new String[] {"sample/app/Logging.class", "sample/app/Logging$Own.class"}) {
        classes.putNextEntry(new JarEntry(name));
        classes.write(Files.readAllBytes(ForkedJvm.testClasses(Logging.class).resolve(name)));
      }
    }
    ForkedJvm.Ended ended =
        ForkedJvm.withAgent(INCLUDE).run("-jar", jar.toString(), null, "argument").succeeded();
    assertThat(ended.value("beans")).isEqualTo(BEANS);
  }

  @Test
  void rewrittenClassesAreDumped() {
    Path dump = directory.resolve("dump");
    ForkedJvm.withAgent(INCLUDE + ",dump=" + dump).run(Adopting.class).succeeded();
    assertThat(dump.resolve("app/sample/app/Node.class")).exists();
    assertThat(dump.resolve("app/sample/app/Hello.class")).doesNotExist();
  }

  @Test
  void agentIsRefusedByAProgramThatUsesHoldfastWithoutIt() {
    ForkedJvm.Ended ended = attaching(AttachingTooLate.class);
    assertThat(ended.value("refused")).isEqualTo("true");
    assertThat(ended.value("same")).isEqualTo("true");
  }

  private static ForkedJvm.Ended attaching(Class<?> program) {
    return ForkedJvm.withoutAgent()
        .with(
            "-Djdk.attach.allowAttachSelf=true",
            "-XX:+IgnoreUnrecognizedVMOptions",
            "-XX:+EnableDynamicAgentLoading")
        .run(
            "-cp",
            ForkedJvm.testClasses(program)
                + ":"
                + ForkedJvm.AGENT_JAR
                + ":"
                + ForkedJvm.testClasses(com.sun.jna.Native.class),
            program.getName(),
            ForkedJvm.AGENT_JAR.toString())
        .succeeded();
  }

  @Test
  void attachedAgentServesWhatLoadsAfterIt() {
    ForkedJvm.Ended ended = attaching(Attaching.class);
    assertThat(ended.value("refused")).isEqualTo("true");
    assertThat(ended.value("early")).isEqualTo("false");
    assertThat(ended.value("late")).isEqualTo("true");
    assertThat(ended.value("adopted")).isEqualTo("1");
    assertThat(ended.value("opaque")).isEqualTo("true");
    assertThat(ended.value("state")).isEqualTo("loaded before the agent");
    assertThat(ended.value("differences")).isEqualTo("[]");
    assertThat(ended.err())
        .anySatisfy(
            line ->
                assertThat(line)
                    .startsWith("holdfast: warn: loaded before the agent")
                    .contains("sample.app.Attaching$Early")
                    .doesNotContain("sample.app.Attaching$Late"));
  }
}
