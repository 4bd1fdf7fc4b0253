package dev.holdfast;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.lang.ref.WeakReference;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

/** C goes on when Java does not: it has forgotten the library, or the JVM ends. */
class EndTest {
  interface Ending extends Library {
    int ending_begin(Pointer function, Pointer data, Pointer destroy, int onNewThreads);

    int ending_calls();
  }

  interface Listener {
    int heard(int event, Closure self);
  }

  /** JDK 24 and later warn without. */
  private static final String NATIVE_ACCESS = "--enable-native-access=ALL-UNNAMED";

  @ParameterizedTest
  @CsvSource({"return,0,0", "return,1,0", "exit,0,3", "exit,1,3", "halt,1,4"})
  void aCThreadMayCallClosuresWhileTheJvmEnds(String how, String onNewThreads, int exitCode) {
    ChildJvm child =
        ChildJvm.run(EndsWhileCalled.class, NATIVE_ACCESS, "-Dhow=" + how, "-Dnew=" + onNewThreads);
    assertThat(child.output()).isEqualTo("ended after some calls\n");
    assertThat(child.exitCode()).isEqualTo(exitCode);
  }

  static final class EndsWhileCalled {
    @SuppressWarnings("unused") // so that it is no constant
    private static volatile Object last;

    public static void main(String[] args) {
      Ending lib = Holdfast.load("keeper", Ending.class);
      Closure closure =
          Holdfast.closure(
              Listener.class,
              (event, self) -> {
                last = new byte[1000];
                return self.toString().length();
              });
      int failure =
          lib.ending_begin(
              closure.function(), closure.context(), closure.destroy(), Integer.getInteger("new"));
      if (failure != 0) {
        throw new AssertionError("no thread: " + failure);
      }
      Eventually.holds("C calls", () -> lib.ending_calls() > 50);
      switch (System.getProperty("how")) {
        case "exit" -> System.exit(3);
        case "halt" -> Runtime.getRuntime().halt(4);
        default -> {}
      }
    }
  }

  @Test
  void aLibraryStaysWhenJavaHasForgottenIt() {
    ChildJvm child = ChildJvm.run(Forgets.class, NATIVE_ACCESS);
    assertThat(child.output()).isEqualTo("libkeeper is there, libprobe is not\n");
    assertThat(child.exitCode()).isZero();
  }

  /** JNA's own loading shows when a forgotten library would be unloaded. */
  static final class Forgets {
    interface Nothing extends Library {}

    public static void main(String[] args) {
      WeakReference<?> keeper = new WeakReference<>(Holdfast.load("keeper", Nothing.class));
      Eventually.holdsAfterCollections("keeper is forgotten", () -> keeper.refersTo(null));
      WeakReference<?> probe = new WeakReference<>(Native.load("probe", Nothing.class));
      Eventually.holdsAfterCollections("probe is forgotten", () -> probe.refersTo(null));
      Eventually.holdsAfterCollections("probe is unloaded", () -> !isThere("libprobe"));
      System.out.println(
          "libkeeper is " + (isThere("libkeeper") ? "there" : "not") + ", libprobe is not");
    }

    private static boolean isThere(String library) {
      try {
        return Files.readString(Path.of("/proc/self/maps")).contains(library);
      } catch (IOException e) {
        throw new UncheckedIOException(e);
      }
    }
  }
}
