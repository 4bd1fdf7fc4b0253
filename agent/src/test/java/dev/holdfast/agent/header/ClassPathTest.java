package dev.holdfast.agent.header;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.jar.Attributes;
import java.util.jar.JarOutputStream;
import java.util.jar.Manifest;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class ClassPathTest {
  @TempDir private Path directory;

  @BeforeEach
  void fill() throws IOException {
    Files.createDirectories(directory.resolve("classes/acme"));
    Files.writeString(directory.resolve("classes/acme/A.class"), "A of classes");
    Files.createDirectories(directory.resolve("lib"));
    jar("lib/one.jar", Map.of("acme/A.class", "A of one", "acme/B.class", "B of one"));
    jar(
        "lib/two.JAR",
        Map.of("acme/C.class", "C for all", "META-INF/versions/17/acme/C.class", "C for 17"));
  }

  @Test
  void takesTheFirstEntryThatHasTheClass() {
    assertThat(find(path("classes") + File.pathSeparator + path("lib/one.jar"), "acme.A"))
        .isEqualTo("A of classes");
    assertThat(find(path("lib/one.jar") + File.pathSeparator + path("classes"), "acme.A"))
        .isEqualTo("A of one");
  }

  @Test
  void opensEveryJarOfADirectory() {
    assertThat(find(path("lib") + File.separator + "*", "acme.B")).isEqualTo("B of one");
    assertThat(find(path("lib") + File.separator + "*", "acme.C")).isNotNull();
  }

  @Test
  void readsTheMultiReleasePartForThisJavaVersion() {
    assertThat(find(path("lib/two.JAR"), "acme.C")).isEqualTo("C for 17");
  }

  @Test
  void findsTheClassesOfAllJdkModules() throws IOException {
    try (ClassPath empty = new ClassPath("")) {
      for (String name : new String[] {"java.lang.Object", "java.sql.Date"}) {
        assertThat(ClassFile.read(empty.find(name)).name()).isEqualTo(name);
      }
    }
  }

  @Test
  void knowsNothingOfWhatIsNotThere() {
    assertThat(find(path("classes"), "acme.B")).isNull();
    assertThat(find(path("classes"), "NoPackage")).isNull();
    assertThat(find(path("classes"), "java.lang.Nothing")).isNull();
  }

  @Test
  void namesItsEntriesThatDoNotExist() {
    try (ClassPath classPath = new ClassPath("gone.jar:" + path("classes") + ":away/*")) {
      assertThat(classPath)
          .hasToString(
              "class path 'gone.jar:"
                  + path("classes")
                  + ":away/*' (does not exist: gone.jar, away/*)");
    }
  }

  @Test
  void refusesAnEntryThatIsNoJar() throws IOException {
    Files.writeString(directory.resolve("text.jar"), "no zip file");
    assertThatThrownBy(() -> find(path("text.jar"), "acme.A"))
        .isInstanceOf(HeaderException.class)
        .hasMessageStartingWith("'" + path("text.jar") + "' on the class path cannot be read: ");
  }

  private String path(String name) {
    return directory.resolve(name).toString();
  }

  private static String find(String path, String name) {
    try (ClassPath classPath = new ClassPath(path)) {
      byte[] bytes = classPath.find(name);
      return bytes == null ? null : new String(bytes, StandardCharsets.UTF_8);
    }
  }

  private void jar(String name, Map<String, String> files) throws IOException {
    Manifest manifest = new Manifest();
    manifest.getMainAttributes().put(Attributes.Name.MANIFEST_VERSION, "1.0");
    manifest.getMainAttributes().put(Attributes.Name.MULTI_RELEASE, "true");
    try (OutputStream out = Files.newOutputStream(directory.resolve(name));
        JarOutputStream jar = new JarOutputStream(out, manifest)) {
      for (Map.Entry<String, String> file : files.entrySet()) {
        jar.putNextEntry(new ZipEntry(file.getKey()));
        jar.write(file.getValue().getBytes(StandardCharsets.UTF_8));
        jar.closeEntry();
      }
    }
  }
}
