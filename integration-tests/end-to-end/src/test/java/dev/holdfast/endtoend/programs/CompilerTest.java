package dev.holdfast.endtoend.programs;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.endtoend.harness.Jvm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Enumeration;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** ECJ, which is in a signed jar, compiles two libraries to the same class files. */
class CompilerTest {
  private static final Path FETCHED = Path.of(System.getProperty("holdfast.test.same"));

  @TempDir private Path directory;
  private Path collections;
  private Path lang;

  @BeforeEach
  void unpackSources() throws IOException {
    collections = unpack("commons-collections4-4.5.0-sources.jar");
    lang = unpack("commons-lang3-3.20.0-sources.jar");
  }

  private Path unpack(String name) throws IOException {
    Path folder = directory.resolve(name);
    try (JarFile jar = new JarFile(FETCHED.resolve("sources").resolve(name).toFile())) {
      Enumeration<JarEntry> entries = jar.entries();
      while (entries.hasMoreElements()) {
        JarEntry entry = entries.nextElement();
        if (entry.getName().endsWith(".java")) {
          Path file = folder.resolve(entry.getName());
          Files.createDirectories(file.getParent());
          try (InputStream in = jar.getInputStream(entry)) {
            Files.copy(in, file);
          }
        }
      }
    }
    return folder;
  }

  private static Jvm compiler() {
    return Jvm.underTest().with("-Xmx1g").classPath(FETCHED.resolve("ecj/ecj-3.37.0.jar"));
  }

  /** Both runs write into a folder of the same name, which messages may show. */
  private Traces compile(String run, Jvm jvm, String... what) throws IOException {
    Path classes = directory.resolve("classes");
    List<String> arguments =
        new ArrayList<>(List.of("--release", "17", "-nowarn", "-proc:none", "-d"));
    arguments.add(classes.toString());
    arguments.addAll(List.of(what));
    String main = "org.eclipse.jdt.internal.compiler.batch.Main";
    Traces traces = Traces.of(jvm, classes, main, arguments);
    Files.move(classes, directory.resolve(run));
    return traces;
  }

  @Test
  void thousandClassFilesAreTheSameWithEveryClassManaged() throws IOException {
    String[] all = {collections.toString(), lang.toString()};
    Traces plain = compile("plain", compiler(), all);
    assertThat(plain.files()).hasSizeGreaterThan(1000);
    plain.isSame(0, compile("managed", compiler().agent("include=org.eclipse.**"), all));
  }

  @Test
  void theyAreTheSameWhileEverythingMovesAndIsVerified() throws IOException {
    String some = collections.resolve("org/apache/commons/collections4/list").toString();
    String[] reduced = {"-sourcepath", collections.toString(), some};
    Traces plain = compile("plain", compiler(), reduced);
    Jvm moving = compiler().agent("include=org.eclipse.**", "zeal=1", "verify=true");
    moving = moving.with("-Xverify:all");
    plain.isSame(0, compile("moving", moving, reduced));
  }
}
