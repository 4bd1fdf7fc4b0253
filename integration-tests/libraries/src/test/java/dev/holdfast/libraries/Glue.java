package dev.holdfast.libraries;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import com.sun.jna.Library;
import com.sun.jna.Pointer;
import dev.holdfast.Holdfast;
import dev.holdfast.stats.Figures;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

/** What the glue of every library has; see {@code glue.h}. */
interface Glue extends Library {
  int glue_init();

  /** How often the destroy function has run. */
  int glue_destroyed();

  /** Counts, and gives the handle back. */
  Pointer glue_destroy();

  /** The glue of a library, or a skipped test that says how to install the library. */
  static <T extends Glue> T load(String name, Class<T> type, String debianPackage) {
    assumeTrue(
        isThere(name),
        "lib" + name + " cannot be compiled against: apt-get install -y " + debianPackage);
    T glue = Holdfast.load(name + "-glue", type, Map.of(OPTION_STRING_ENCODING, "UTF-8"));
    assertThat(glue.glue_init()).isZero();
    return glue;
  }

  static boolean isThere(String name) {
    String file = System.mapLibraryName(name + "-glue");
    return Files.exists(Path.of(System.getProperty("holdfast.test.native"), file));
  }

  /** Everything that C held it has given back, once, and things have moved meanwhile. */
  static void nothingIsLeft() {
    Ending.awaits(
        () -> "no counted handle is left: " + Holdfast.stats(),
        () -> Holdfast.stats().handlesCounted() == 0);
    Figures figures = Holdfast.stats();
    assertThat(figures.overReleasesTotal()).isZero();
    assertThat(figures.staleUsesTotal()).isZero();
    assertThat(figures.movedCohortsTotal()).as("moves of zeal").isPositive();
  }
}
