package dev.holdfast.agent;

import static java.nio.charset.StandardCharsets.ISO_8859_1;
import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import java.util.zip.ZipEntry;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** Looks into the jar that users get: {@code holdfast.jar}. */
class PackagedJarIT {
  private static final Path PATH = Path.of(System.getProperty("holdfast.jar"));
  private static final String RUNTIME =
      System.getProperty("holdfast.platform") + "/" + System.mapLibraryName("holdfast");
  private static final String SHADED = "dev/holdfast/shaded/";

  /** The packages that must not appear under their own names: the application may bring its own. */
  private static final List<String> LIBRARIES =
      List.of(
          "net/bytebuddy/",
          "org/objectweb/asm/",
          "picocli/",
          "org/HdrHistogram/",
          "codes/rafael/asmjdkbridge/");

  private static JarFile jar;
  private static List<String> names;

  @BeforeAll
  static void open() throws IOException {
    jar = new JarFile(PATH.toFile());
    names = jar.stream().filter(entry -> !entry.isDirectory()).map(ZipEntry::getName).toList();
  }

  @AfterAll
  static void close() throws IOException {
    jar.close();
  }

  @Test
  void everyClassIsInOurPackages() {
    assertThat(names)
        .filteredOn(name -> name.endsWith(".class"))
        .hasSizeGreaterThan(1000)
        .allMatch(name -> name.startsWith("dev/holdfast/"));
  }

  @Test
  void nothingElseIsInIt() {
    assertThat(names)
        .allMatch(
            name ->
                name.startsWith("dev/holdfast/")
                    || name.startsWith("META-INF/")
                    || name.startsWith("include/holdfast.")
                    || name.equals(RUNTIME));
  }

  @Test
  void nothingIsInItTwice() {
    assertThat(names).doesNotHaveDuplicates();
  }

  @Test
  void noClassNamesALibraryByItsOriginalName() throws IOException {
    Map<String, String> unrelocated = new TreeMap<>();
    for (String name : names) {
      if (name.endsWith(".class")) {
        // The constant pool is modified UTF-8: ASCII names can be searched for as they are.
        String bytes = new String(read(name), ISO_8859_1);
        for (String library : LIBRARIES) {
          if (names(bytes, library)) {
            unrelocated.put(name, library);
          }
        }
      }
    }
    assertThat(unrelocated).isEmpty();
  }

  /** Whether the bytes name the package other than as the rest of a longer name. */
  private static boolean names(String bytes, String packageName) {
    for (int at = bytes.indexOf(packageName); at >= 0; at = bytes.indexOf(packageName, at + 1)) {
      if (at == 0 || bytes.charAt(at - 1) != '/') {
        return true;
      }
    }
    return false;
  }

  @Test
  void runtimeAndItsHeadersAreInIt() {
    assertThat(names)
        .contains(RUNTIME, "include/holdfast.h", "include/holdfast.hpp", "include/holdfast.pc");
  }

  @Test
  void jnaIsNestedWholeAndNotUnpacked() throws IOException {
    Set<String> nested = new TreeSet<>();
    try (InputStream bytes = jar.getInputStream(jar.getEntry("META-INF/holdfast/jna.jar"));
        JarInputStream jna = new JarInputStream(bytes)) {
      for (ZipEntry entry = jna.getNextEntry(); entry != null; entry = jna.getNextEntry()) {
        nested.add(entry.getName());
      }
    }
    assertThat(nested)
        .contains("com/sun/jna/Native.class", "com/sun/jna/linux-x86-64/libjnidispatch.so");
    assertThat(names).noneMatch(name -> name.startsWith("com/sun/jna"));
  }

  @Test
  void manifestNamesTheAgentAndTheCommandLine() throws IOException {
    Map<String, String> manifest = new TreeMap<>();
    jar.getManifest()
        .getMainAttributes()
        .forEach((key, value) -> manifest.put(key.toString(), value.toString()));
    assertThat(manifest)
        .containsEntry("Premain-Class", "dev.holdfast.agent.Agent")
        .containsEntry("Agent-Class", "dev.holdfast.agent.Agent")
        .containsEntry("Main-Class", "dev.holdfast.agent.cli.Main")
        .containsEntry("Can-Redefine-Classes", "true")
        .containsEntry("Can-Retransform-Classes", "true")
        .containsEntry("Enable-Native-Access", "ALL-UNNAMED")
        .containsEntry("Implementation-Version", System.getProperty("holdfast.version"))
        .doesNotContainKeys(
            "Launcher-Agent-Class", "Boot-Class-Path", "Class-Path", "Multi-Release");
  }

  @Test
  void noLibraryLeftItsSignatureModuleOrBuildFiles() {
    assertThat(names)
        .noneMatch(name -> name.matches("META-INF/.*\\.(SF|DSA|RSA|EC)"))
        .noneMatch(name -> name.endsWith("module-info.class"))
        .noneMatch(name -> name.startsWith("META-INF/versions/"))
        .noneMatch(name -> name.startsWith("META-INF/maven/"));
  }

  @Test
  void licencesAreInIt() {
    assertThat(names).contains("META-INF/LICENSE", "META-INF/NOTICE");
  }

  @Test
  void servicesAreOurs() throws IOException {
    List<String> words = new ArrayList<>();
    for (String name : names) {
      if (name.startsWith("META-INF/services/")) {
        words.add(name.substring("META-INF/services/".length()));
        new String(read(name), UTF_8)
            .lines()
            .map(line -> line.replaceAll("#.*", "").strip())
            .filter(line -> !line.isEmpty())
            .forEach(words::add);
      }
    }
    assertThat(words)
        .allMatch(word -> word.startsWith("dev.holdfast.") || word.startsWith("java."));
  }

  @Test
  void everyPackageOfOursSaysWhatLivesInIt() {
    Set<String> silent = new TreeSet<>();
    for (String name : names) {
      if (name.endsWith(".class") && !name.startsWith(SHADED)) {
        String packageInfo = name.substring(0, name.lastIndexOf('/')) + "/package-info.class";
        if (jar.getEntry(packageInfo) == null) {
          silent.add(packageInfo);
        }
      }
    }
    assertThat(silent).isEmpty();
  }

  @Test
  void relocatedByteBuddyMakesClasses() throws Exception {
    try (URLClassLoader alone =
        new URLClassLoader(
            new URL[] {PATH.toUri().toURL()}, ClassLoader.getPlatformClassLoader())) {
      Class<?> byteBuddy = alone.loadClass("dev.holdfast.shaded.bytebuddy.ByteBuddy");
      Class<?> builder =
          alone.loadClass("dev.holdfast.shaded.bytebuddy.dynamic.DynamicType$Builder");
      Class<?> type = alone.loadClass("dev.holdfast.shaded.bytebuddy.dynamic.DynamicType");
      Object subclass =
          byteBuddy
              .getMethod("subclass", Class.class)
              .invoke(byteBuddy.getConstructor().newInstance(), Object.class);
      Object made = builder.getMethod("make").invoke(subclass);
      byte[] classFile = (byte[]) type.getMethod("getBytes").invoke(made);
      assertThat(classFile).startsWith(0xCA, 0xFE, 0xBA, 0xBE);
    }
  }

  @Test
  void commandLineStartsFromTheJarAlone(@TempDir Path directory) throws Exception {
    Path output = directory.resolve("output");
    Process help =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-jar",
                PATH.toString(),
                "--help")
            .redirectErrorStream(true)
            .redirectOutput(output.toFile())
            .start();
    try {
      assertThat(help.waitFor(5, TimeUnit.MINUTES)).as("ended in time").isTrue();
    } finally {
      help.destroyForcibly();
    }
    assertThat(Files.readString(output)).contains("holdfast");
    assertThat(help.exitValue()).isZero();
  }

  private static byte[] read(String name) throws IOException {
    try (InputStream bytes = jar.getInputStream(jar.getEntry(name))) {
      return bytes.readAllBytes();
    }
  }
}
