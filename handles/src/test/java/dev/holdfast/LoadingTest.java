package dev.holdfast;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Platform;
import java.io.File;
import java.io.InputStream;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A C library in a jar, which JNA extracts. */
class LoadingTest {
  @TempDir Path folder;

  @Test
  void aLibraryThatSeveralInterfacesNameIsThereOnce() throws Exception {
    Path jar = folder.resolve("library.jar");
    try (InputStream keeper = getClass().getResourceAsStream(resource("keeper"));
        FileSystem inside = FileSystems.newFileSystem(jar, Map.of("create", "true"))) {
      Path library = inside.getPath(resource("bundled"));
      Files.createDirectories(library.getParent());
      Files.copy(keeper, library);
    }
    ChildJvm child =
        ChildJvm.run(
            ChildJvm.classPath() + File.pathSeparator + jar,
            Several.class,
            "--enable-native-access=ALL-UNNAMED");
    assertThat(child.output()).isEqualTo("text text\n");
    assertThat(child.exitCode()).isZero();
  }

  private static String resource(String name) {
    return "/" + Platform.RESOURCE_PREFIX + "/" + System.mapLibraryName(name);
  }

  static final class Several {
    interface Keeping extends Library {
      int keeper_init();

      void keeper_keep(Object object);

      void keeper_drop();
    }

    interface Kept extends Library {
      @Borrowed
      Object keeper_kept();
    }

    interface KeptByJna extends Library {
      @Borrowed
      Handle keeper_kept();
    }

    public static void main(String[] args) {
      Keeping keeping = Holdfast.load("bundled", Keeping.class);
      Kept kept = Holdfast.load("bundled", Kept.class);
      KeptByJna keptByJna = Native.load("bundled", KeptByJna.class);
      if (keeping.keeper_init() != 0) {
        throw new AssertionError("hf_init");
      }
      keeping.keeper_keep("text");
      System.out.println(kept.keeper_kept() + " " + keptByJna.keeper_kept().get());
      keeping.keeper_drop();
    }
  }
}
