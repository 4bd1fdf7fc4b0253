package dev.holdfast;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.joining;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.io.File;
import java.io.InputStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** How Holdfast starts, fails to start, and ends, each in a JVM of its own. */
public class StartTest {
  private static final String LIBRARY = System.mapLibraryName("holdfast");

  @TempDir Path folder;

  @Test
  void libraryModeNeedsNoJvmOption() {
    ChildJvm child = ChildJvm.run(OneHandle.class);
    assertThat(child.output()).contains("text").doesNotContain("holdfast:");
    assertThat(child.exitCode()).isZero();
  }

  @Test
  void nothingStartsBeforeTheFirstHandle() {
    ChildJvm child = ChildJvm.run(JustLooking.class, "-verbose:class");
    assertThat(child.exitCode()).isZero();
    assertThat(child.output()).contains("not started").doesNotContain("com.sun.jna.Native ");
  }

  @Test
  void aFolderWithTheLibraryIsUsedWithoutExtraction() throws Exception {
    copyTo(folder.resolve(LIBRARY), Holdfast.class, resource());
    ChildJvm child =
        ChildJvm.run(withoutOurLibrary(), OneHandle.class, "-Dholdfast.libdir=" + folder);
    assertThat(child.output()).contains("text");
    assertThat(child.exitCode()).isZero();
  }

  @Test
  void aFolderWithoutTheLibraryIsSaidToLackIt() {
    ChildJvm child = ChildJvm.run(Refused.class, "-Dholdfast.libdir=" + folder);
    assertThat(child.output())
        .contains("HF_ENORUNTIME: libdir=" + folder + ": no " + LIBRARY + " in that folder");
  }

  @Test
  void aFileThatIsNoLibraryIsSaidToBeNone() throws Exception {
    Files.writeString(folder.resolve(LIBRARY), "no library", UTF_8);
    ChildJvm child = ChildJvm.run(Refused.class, "-Dholdfast.libdir=" + folder);
    assertThat(child.output())
        .contains("HF_ENORUNTIME: cannot load libholdfast from " + folder + ": ")
        .contains("libdir=DIR");
  }

  @Test
  void aFailedStartIsNotTriedAgain() {
    ChildJvm child = ChildJvm.run(Refused.class, "-Dholdfast.libdir=" + folder);
    assertThat(child.output().lines().filter(line -> line.startsWith("HF_ENORUNTIME")).distinct())
        .hasSize(1);
    assertThat(child.output().lines().filter(line -> line.startsWith("HF_ENORUNTIME"))).hasSize(2);
    assertThat(child.exitCode()).isZero();
  }

  @Test
  void jnaThatCannotUnpackItselfIsSaidToBeTheCause() throws Exception {
    Path file = Files.createFile(folder.resolve("file"));
    ChildJvm child = ChildJvm.run(Refused.class, "-Djna.tmpdir=" + file);
    assertThat(child.output())
        .contains("HF_ENORUNTIME: JNA cannot load its own native library: ")
        .contains("-Djna.tmpdir=DIR");
  }

  @Test
  void aFolderWithBothLibrariesNeedsNoTemporaryFolder() throws Exception {
    copyTo(folder.resolve(LIBRARY), Holdfast.class, resource());
    String dispatch = System.mapLibraryName("jnidispatch");
    copyTo(
        folder.resolve(dispatch),
        Native.class,
        "/com/sun/jna/" + Platform.RESOURCE_PREFIX + "/" + dispatch);
    Path file = Files.createFile(folder.resolve("file"));
    ChildJvm child =
        ChildJvm.run(OneHandle.class, "-Djna.tmpdir=" + file, "-Dholdfast.libdir=" + folder);
    assertThat(child.output()).contains("text");
    assertThat(child.exitCode()).isZero();
  }

  @Test
  void jnaThatMayNotExtractIsSaidToBeTheCause() throws Exception {
    String dispatch = System.mapLibraryName("jnidispatch");
    copyTo(
        folder.resolve(dispatch),
        Native.class,
        "/com/sun/jna/" + Platform.RESOURCE_PREFIX + "/" + dispatch);
    Path jar = folder.resolve("library.jar");
    try (FileSystem inside = FileSystems.newFileSystem(jar, Map.of("create", "true"))) {
      Path library = inside.getPath(resource());
      Files.createDirectories(library.getParent());
      copyTo(library, Holdfast.class, resource());
    }
    ChildJvm child =
        ChildJvm.run(
            withoutOurLibrary() + File.pathSeparator + jar,
            Refused.class,
            "-Djna.nounpack=true",
            "-Djna.boot.library.path=" + folder);
    assertThat(child.output())
        .contains("HF_ENORUNTIME: JNA may not extract libholdfast (jna.nounpack=true); ");
  }

  @Test
  void jnaThatIsMissingIsSaidToBe() {
    String withoutJna =
        Arrays.stream(ChildJvm.classPath().split(File.pathSeparator))
            .filter(entry -> !Path.of(entry).getFileName().toString().startsWith("jna-"))
            .collect(joining(File.pathSeparator));
    assertThat(ChildJvm.run(withoutJna, Refused.class).output())
        .contains("HF_ENORUNTIME: JNA is not on the class path");
  }

  @Test
  void aSecondHoldfastInTheProcessIsRefused() {
    ChildJvm child = ChildJvm.run(TwoLoaders.class);
    assertThat(child.output())
        .contains("text")
        .contains("HF_EABI: libholdfast serves another engine in this process");
  }

  @Test
  void aFloodOfMisuseIsLoggedInAFewLines() {
    ChildJvm child = ChildJvm.run(Flood.class);
    assertThat(child.output().lines().filter(line -> line.startsWith("holdfast: warn: HF_ESTALE")))
        .hasSizeBetween(1, 20);
    assertThat(child.output()).contains("stale uses: 10000");
  }

  @Test
  void handlesMayBeGivenBackWhileTheJvmShutsDown() {
    ChildJvm child = ChildJvm.run(EndsWithHandles.class);
    assertThat(child.output()).contains("closed").doesNotContain("Exception");
    assertThat(child.exitCode()).isZero();
  }

  private static String resource() {
    return "/" + Platform.RESOURCE_PREFIX + "/" + LIBRARY;
  }

  private static void copyTo(Path file, Class<?> besides, String resource) throws Exception {
    try (InputStream in = besides.getResourceAsStream(resource)) {
      Files.copy(in, file);
    }
  }

  /** Of our own class path entries only the classes, copied; all others as they are. */
  private String withoutOurLibrary() throws Exception {
    Path classes =
        Path.of(Holdfast.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    Path copy = Files.createDirectory(folder.resolve("classes"));
    try (var files = Files.walk(classes)) {
      for (Path file : files.filter(f -> f.toString().endsWith(".class")).toList()) {
        Path target = copy.resolve(classes.relativize(file));
        Files.createDirectories(target.getParent());
        Files.copy(file, target);
      }
    }
    return Arrays.stream(ChildJvm.classPath().split(File.pathSeparator))
        .map(entry -> Path.of(entry).equals(classes) ? copy.toString() : entry)
        .collect(joining(File.pathSeparator));
  }

  static final class OneHandle {
    public static void main(String[] args) {
      try (Handle handle = Holdfast.handle("text")) {
        System.out.println(handle.get());
      }
    }
  }

  static final class JustLooking {
    public static void main(String[] args) {
      System.out.println(
          Holdfast.isActive() + " " + Holdfast.isManaged("") + " " + Holdfast.stats().state());
    }
  }

  public static final class Refused {
    public static void main(String[] args) {
      for (int i = 0; i < 2; i++) {
        try {
          Holdfast.handle("text").close();
        } catch (HoldfastException e) {
          System.out.println(e.getMessage());
        }
      }
    }
  }

  /** As in an application server whose applications each bring Holdfast. */
  static final class TwoLoaders {
    public static void main(String[] args) throws Exception {
      List<URL> classPath = new ArrayList<>();
      for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
        classPath.add(Path.of(entry).toUri().toURL());
      }
      OneHandle.main(args);
      try (URLClassLoader other =
          new URLClassLoader(classPath.toArray(URL[]::new), ClassLoader.getPlatformClassLoader())) {
        other
            .loadClass(Refused.class.getName())
            .getMethod("main", String[].class)
            .invoke(null, (Object) args);
      }
    }
  }

  static final class Flood {
    public static void main(String[] args) {
      Keeper keeper = Keeper.load();
      long bits = Holdfast.retain("text");
      Holdfast.release(bits);
      for (int i = 0; i < 10_000; i++) {
        keeper.keeper_release(bits);
      }
      System.out.println("stale uses: " + Holdfast.stats().staleUsesTotal());
    }
  }

  static final class EndsWithHandles {
    public static void main(String[] args) {
      Handle[] handles = new Handle[100];
      Arrays.setAll(handles, Holdfast::handle);
      Runtime.getRuntime()
          .addShutdownHook(
              new Thread(
                  () -> {
                    for (Handle handle : handles) {
                      handle.close();
                    }
                    System.out.println("closed");
                  }));
    }
  }
}
