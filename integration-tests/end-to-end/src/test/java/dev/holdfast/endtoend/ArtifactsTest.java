package dev.holdfast.endtoend;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.endtoend.app.Quiet;
import dev.holdfast.endtoend.harness.Jvm;
import dev.holdfast.endtoend.harness.Outcome;
import dev.holdfast.endtoend.harness.Running;
import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.jar.Attributes;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What other projects depend on: the artifacts as a Maven repository has them. */
class ArtifactsTest {
  private static final String VERSION = System.getProperty("holdfast.version");
  private static final Path ROOT = Path.of(System.getProperty("holdfast.root"));
  private static final Path API = ROOT.resolve("handles/target/holdfast-api-" + VERSION + ".jar");

  @TempDir Path folder;

  @Test
  void aSecondProjectDependsOnThem() throws Exception {
    String said = mavenTests("second");
    assertThat(said).contains("Tests run: 3, Failures: 0", "Tests run: 1, Failures: 0");
    Path resolved = folder.resolve("local/net/java/dev/jna/jna");
    assertThat(resolved).as("JNA is an ordinary dependency").isDirectory();
  }

  @Test
  void aProjectThatIsAModuleDependsOnThem() throws Exception {
    assertThat(mavenTests("modular"))
        .contains("WithoutAgentTest", "WithAgentTest")
        .containsPattern("(?s)Tests run: 1, Failures: 0.*Tests run: 1, Failures: 0");
    String without = "module dev.holdfast, sorted, and back, without mirrors[]\n";
    String with = "module dev.holdfast, sorted, and back, with mirrors from their birth, moved[]\n";
    for (String jna : List.of("jna", "jna-jpms")) {
      Jvm modular = modular(jna);
      saysOf(modular, without);
      saysOf(modular.agent("include=com.acme.modular.Person", "zeal=10"), with);
    }
  }

  /** The program of the modular project, with JNA as an automatic module or one of its own. */
  private Jvm modular(String jna) {
    String version = System.getProperty("holdfast.version.jna");
    Path jar = Path.of(System.getProperty("holdfast.test.fetched"), "net/java/dev/jna");
    jar = jar.resolve(jna).resolve(version).resolve(jna + "-" + version + ".jar");
    Path program = folder.resolve("modular/target/classes");
    return Jvm.underTest()
        .with("-p", program + File.pathSeparator + API + File.pathSeparator + jar)
        .with("--enable-native-access=com.sun.jna,dev.holdfast");
  }

  private static void saysOf(Jvm modular, String line) {
    try (Running running = modular.start("-m", "com.acme.modular/com.acme.modular.Main")) {
      Outcome outcome = running.outcome();
      assertThat(outcome.out()).as("%s", outcome).isEqualTo(line);
      assertThat(outcome.err()).as("%s", outcome).isEmpty();
    }
  }

  /** What Maven says of a project that finds our artifacts in a repository. */
  private String mavenTests(String name) throws Exception {
    Path repository = folder.resolve("repository");
    publish(repository);
    Path project = folder.resolve(name);
    Path sources = Path.of(System.getProperty("holdfast.test.maven"));
    try (Stream<Path> files = Files.walk(sources.resolve(name))) {
      for (Path file : (Iterable<Path>) files.filter(Files::isRegularFile)::iterator) {
        Path copy = project.resolve(sources.resolve(name).relativize(file));
        Files.createDirectories(copy.getParent());
        Files.copy(file, copy);
      }
    }
    String settings = Files.readString(sources.resolve("settings.xml"), UTF_8);
    Path own = folder.resolve("settings.xml");
    Files.writeString(
        own,
        settings
            .replace("@own@", folder.resolve("local").toString())
            .replace("@fetched@", System.getProperty("holdfast.test.fetched")),
        UTF_8);
    Path output = folder.resolve("output");
    Process maven =
        new ProcessBuilder(
                System.getProperty("holdfast.test.mvn"),
                "-B",
                "-ntp",
                "-s",
                own.toString(),
                "-Dholdfast.repository=" + repository.toUri(),
                "-Dholdfast.version=" + VERSION,
                "-Djunit.version=" + System.getProperty("junit.version"),
                "-Dholdfast.test.java=" + System.getProperty("holdfast.test.java"),
                "test")
            .directory(project.toFile())
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    assertThat(maven.waitFor(5, TimeUnit.MINUTES)).isTrue();
    String said = Files.readString(output, UTF_8);
    assertThat(maven.exitValue()).as("%s", said).isZero();
    return said;
  }

  private static void publish(Path repository) throws IOException {
    put(repository, "holdfast", "pom", ROOT.resolve("pom.xml"));
    put(repository, "holdfast-api", "pom", ROOT.resolve("handles/pom.xml"));
    put(
        repository,
        "holdfast-agent",
        "pom",
        ROOT.resolve("agent/target/dependency-reduced-pom.xml"));
    for (String kind : List.of("", "-sources", "-javadoc")) {
      String api = "handles/target/holdfast-api-" + VERSION + kind;
      put(repository, "holdfast-api", kind, ROOT.resolve(api + ".jar"));
      put(
          repository,
          "holdfast-agent",
          kind,
          ROOT.resolve("agent/target/holdfast" + kind + ".jar"));
    }
  }

  private static void put(Path repository, String artifact, String kind, Path file)
      throws IOException {
    Path version = repository.resolve("dev/holdfast").resolve(artifact).resolve(VERSION);
    Files.createDirectories(version);
    String suffix = kind.equals("pom") ? ".pom" : kind + ".jar";
    Files.copy(file, version.resolve(artifact + "-" + VERSION + suffix));
  }

  @Test
  void anApiOfAnotherVersionThanTheAgentIsSaidInOneLine() throws IOException {
    Path other = folder.resolve("holdfast-api-0.0.9.jar");
    copyWithVersion(API, other, "0.0.9");
    Outcome outcome = Jvm.underTest().classPath(other).agent("include=some.*").run(Quiet.class);
    assertThat(outcome.err().lines().findFirst().orElse(""))
        .as("%s", outcome)
        .isEqualTo(
            "holdfast: warn: the application runs without Holdfast: this agent is of version "
                + VERSION
                + ", the API on the class path of 0.0.9: use the same version of both ("
                + Jvm.AGENT
                + ", "
                + other
                + ")");
  }

  @Test
  void anApiOfAnotherVersionOnTheModulePathIsSaidInOneLine() throws IOException {
    Path other = folder.resolve("holdfast-api-0.0.9.jar");
    copyWithVersion(API, other, "0.0.9");
    Outcome outcome =
        Jvm.underTest()
            .with("-p", other.toString(), "--add-modules=dev.holdfast")
            .agent("include=some.*")
            .run(Quiet.class);
    assertThat(outcome.err().lines().findFirst().orElse(""))
        .as("%s", outcome)
        .startsWith(
            "holdfast: warn: the application runs without Holdfast: this agent is of version "
                + VERSION
                + ", the API on the module path of 0.0.9: use the same version of both (");
  }

  @Test
  void anApiOfTheAgentsVersionIsUsed() {
    Jvm.underTest()
        .classPath(API)
        .agent("include=dev.holdfast.endtoend.app.*")
        .run(Quiet.class)
        .isSilentSuccess();
  }

  private static void copyWithVersion(Path jar, Path copy, String version) throws IOException {
    try (JarFile from = new JarFile(jar.toFile())) {
      Manifest manifest = new Manifest(from.getManifest());
      manifest.getMainAttributes().put(Attributes.Name.IMPLEMENTATION_VERSION, version);
      try (OutputStream file = Files.newOutputStream(copy);
          JarOutputStream to = new JarOutputStream(file, manifest)) {
        for (JarEntry entry : (Iterable<JarEntry>) from.stream()::iterator) {
          if (!entry.getName().equals(JarFile.MANIFEST_NAME)) {
            to.putNextEntry(new JarEntry(entry.getName()));
            from.getInputStream(entry).transferTo(to);
          }
        }
      }
    }
  }
}
