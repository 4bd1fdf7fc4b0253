package dev.holdfast.endtoend;

import static dev.holdfast.endtoend.harness.JvmCollector.G1;
import static dev.holdfast.endtoend.harness.JvmCollector.PARALLEL;
import static dev.holdfast.endtoend.harness.JvmCollector.SERIAL;
import static dev.holdfast.endtoend.harness.JvmCollector.SHENANDOAH;
import static dev.holdfast.endtoend.harness.JvmCollector.ZGC;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assumptions.assumeThat;

import dev.holdfast.endtoend.app.Clones;
import dev.holdfast.endtoend.app.Finalizers;
import dev.holdfast.endtoend.app.ForOwnLogManager;
import dev.holdfast.endtoend.app.Inactive;
import dev.holdfast.endtoend.app.MovingList;
import dev.holdfast.endtoend.app.NativeThreads;
import dev.holdfast.endtoend.app.OwnJna;
import dev.holdfast.endtoend.app.Sandboxed;
import dev.holdfast.endtoend.app.Shapes;
import dev.holdfast.endtoend.app.Writers;
import dev.holdfast.endtoend.harness.ForkedJvm;
import dev.holdfast.endtoend.harness.Jvm;
import dev.holdfast.endtoend.harness.Outcome;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** Machines, JVMs and applications that are not as one would like them. */
class SurroundingsTest {
  private static final Path OTHER_JNA = Path.of(System.getProperty("holdfast.test.jna"));

  @TempDir private Path directory;

  /** A command that runs another one in a mount namespace where {@link #directory} is noexec. */
  private Jvm noexec(Jvm jvm) {
    assumeThat(System.getProperty("user.name"))
        .as("mounting a folder noexec needs root: sudo mvn verify")
        .isEqualTo("root");
    return jvm.startedBy(
        "unshare",
        "--mount",
        "sh",
        "-c",
        "mount -t tmpfs -o noexec tmpfs '" + directory + "' && exec \"$@\"",
        "sh");
  }

  private String[] temporaryFolders() {
    return new String[] {
      "-Djava.io.tmpdir=" + directory, "-Duser.home=" + directory, "-Djna.tmpdir=" + directory
    };
  }

  @ForkedJvm(zeal = 1, collectors = G1)
  void theProgramRunsOnWhereTheTemporaryFolderIsNoexec(Jvm jvm) {
    noexec(jvm.with(temporaryFolders()))
        .run(Inactive.class)
        .isSuccessSaying("holdfast: .*noexec.*libdir.*");
  }

  @ForkedJvm(zeal = 1, collectors = G1)
  void libdirHelpsWhereTheTemporaryFolderIsNoexec(Jvm jvm, @TempDir Path libraries)
      throws Exception {
    NativeLibraries.extractTo(libraries);
    noexec(jvm.with(temporaryFolders()).agent("libdir=" + libraries)).runs(Shapes.class);
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.5.2", "5.6.0"})
  void anApplicationKeepsItsOwnJnaThatIsTooOld(String version) {
    Jvm jvm =
        Jvm.underTest()
            .agent("include=dev.holdfast.endtoend.app.*")
            .classPath(OTHER_JNA.resolve("jna-" + version + ".jar"));
    jvm.run(OwnJna.class, version).isSuccessSaying("holdfast: .*JNA " + version + " .*5\\.8\\.0.*");
  }

  @ForkedJvm(zeal = 1, collectors = G1)
  void anApplicationsOwnJnaIsUsedIfItIsNewEnough(Jvm jvm) {
    jvm.classPath(OTHER_JNA.resolve("jna-5.8.0.jar")).runs(NativeThreads.class);
  }

  @ForkedJvm(
      zeal = {1, 0},
      collectors = {G1, SERIAL})
  void anApplicationChoosesItsOwnLogManager(Jvm jvm) {
    Outcome outcome = jvm.run(ForOwnLogManager.class);
    for (int i = 0; i < 9 && outcome.exitCode() == ForOwnLogManager.TOO_LATE; i++) {
      outcome = jvm.run(ForOwnLogManager.class); // the machine did something else in between
    }
    outcome.isSilentSuccess();
  }

  /** From 24 on the JVM has no security managers. */
  @ForkedJvm(zeal = 1, collectors = SERIAL)
  void aSandboxThatDoesNotKnowTheAgentCostsOneLine(Jvm jvm) {
    if (Jvm.feature() >= 24) {
      return;
    }
    String warning = "WARNING: .*";
    jvm.with("-Djava.security.manager=allow")
        .run(Sandboxed.class)
        .isSuccessSaying(
            warning,
            warning,
            warning,
            warning,
            "holdfast: warn: the application runs without Holdfast: access denied .*");
  }

  /** From 24 on the JVM has no security managers. */
  @ForkedJvm(zeal = 1, collectors = SERIAL)
  void aPolicyThatKnowsTheAgentAndNotJnaIsToldWhatToGrant(Jvm jvm) throws IOException {
    if (Jvm.feature() >= 24) {
      return;
    }
    Path policy = directory.resolve("policy");
    Files.writeString(policy, granted(Jvm.AGENT) + granted(Jvm.CLASSES) + System.lineSeparator());
    String warning = "WARNING: .*";
    jvm.with("-Djava.security.manager", "-Djava.security.policy==" + policy)
        .run(Inactive.class)
        .isSuccessSaying(
            warning,
            warning,
            "holdfast: (?!.*noexec).*access denied .*; grant that to JNA's jar too, .*");
  }

  private static String granted(Path file) {
    String url = file.toUri() + (Files.isDirectory(file) ? "-" : "");
    return "grant codeBase \"" + url + "\" { permission java.security.AllPermission; };";
  }

  @ForkedJvm(zeal = 1, collectors = SERIAL)
  void whereNativeAccessIsDeniedTheOptionThatAllowsItIsNamed(Jvm jvm) {
    if (Jvm.feature() < 24) {
      return;
    }
    jvm.without(Jvm.NATIVE_ACCESS)
        .with("--illegal-native-access=deny")
        .run(Inactive.class)
        .isSuccessSaying(
            "holdfast: (?!.*noexec).*Illegal native access.*"
                + "--enable-native-access=ALL-UNNAMED .*");
  }

  @ForkedJvm(zeal = 1, collectors = SERIAL)
  void anImageWithoutManagementAndFlightRecorderWillDo(Jvm jvm) {
    jvm.with("--limit-modules", "java.base,java.logging,java.instrument").runs(Shapes.class);
  }

  /** It would keep dead mirrors in ZGC without generations, which is gone in 24. */
  @ForkedJvm(
      zeal = 0,
      collectors = ZGC,
      jvmArgs = "--add-opens=java.base/java.lang.ref=ALL-UNNAMED")
  void jnasFinalizerIsOffTheListOfZgcWithoutGenerations(Jvm jvm) {
    jvm.runs(Finalizers.class, Boolean.toString(Jvm.feature() >= 24));
  }

  @ForkedJvm(zeal = 1, collectors = SHENANDOAH)
  void shenandoahWillDo(Jvm jvm) {
    jvm.runs(MovingList.class, "moves");
    jvm.runs(Writers.class);
  }

  @ForkedJvm(zeal = 1, collectors = PARALLEL, jvmArgs = "-Xint")
  void theInterpreterWillDo(Jvm jvm) {
    jvm.runs(Shapes.class);
    jvm.runs(Clones.class);
  }

  @ForkedJvm(
      zeal = {0, 1},
      collectors = SERIAL,
      jvmArgs = "-XX:TieredStopAtLevel=1")
  void theClientCompilerWillDo(Jvm jvm) {
    jvm.runs(MovingList.class);
  }

  @ForkedJvm(
      zeal = {0, 1},
      collectors = G1,
      jvmArgs = "-XX:-UseCompressedOops")
  void longReferencesWillDo(Jvm jvm) {
    jvm.runs(Shapes.class);
    jvm.runs(Writers.class);
  }

  @ForkedJvm(
      zeal = {0, 1},
      collectors = G1)
  void shortObjectHeadersWillDo(Jvm jvm) {
    if (Jvm.feature() >= 25) {
      jvm.with("-XX:+UseCompactObjectHeaders").runs(Shapes.class);
    } else {
      jvm.with("-XX:-UseCompressedClassPointers").runs(Shapes.class);
    }
  }

  @ForkedJvm(zeal = 1, collectors = G1, jvmArgs = "-Xverify:all")
  void theVerifierAcceptsEverything(Jvm jvm) {
    Outcome outcome = jvm.with("-Xlog:disable").run(Shapes.class);
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
  }
}
