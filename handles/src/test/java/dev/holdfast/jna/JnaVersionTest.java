package dev.holdfast.jna;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Native;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JnaVersionTest {
  @ParameterizedTest
  @ValueSource(strings = {"5.8.0", "5.8.0 (b2)", "5.19.1 (b0)", "6.0.0", "unknown"})
  void anOldEnoughVersionPasses(String version) {
    assertThat(JnaVersion.isEnough(version)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.5.2", "5.7.0 (b0)", "3.0"})
  void anOlderOneDoesNot(String version) {
    assertThat(JnaVersion.isEnough(version)).isFalse();
  }

  @Test
  void anApplicationThatPacksItsJnaIntoItsOwnJarKeepsJnasVersion() throws Exception {
    Class<?> packed = new Packed("0.1").loadClass(Native.class.getName());
    assertThat(packed.getPackage().getImplementationVersion()).isEqualTo("0.1");
    assertThat(JnaVersion.of(packed)).isEqualTo(Native.VERSION);
  }

  @Test
  void aLibraryThatCannotBeLoadedIsLaidToItsFolder() {
    assertThat(JnaVersion.why(new UnsatisfiedLinkError("failed to map segment")))
        .contains("failed to map segment")
        .contains("noexec");
  }

  @Test
  void whatElseJnasInitialiserThrewIsSaidWithItsOwnCure() {
    assertThat(initialiserThrew(new IllegalCallerException("Illegal native access")))
        .contains("Illegal native access", "--enable-native-access=ALL-UNNAMED")
        .doesNotContain("noexec");
    assertThat(initialiserThrew(new IllegalStateException("something else")))
        .endsWith("java.lang.IllegalStateException: something else");
  }

  @Test
  void whoComesLaterIsToldTheSame() {
    LinkageError later = new NoClassDefFoundError("Could not initialize class com.sun.jna.Native");
    later.initCause(
        new ExceptionInInitializerError(
            "Exception java.lang.IllegalCallerException: Illegal native access [in thread \"x\"]"));
    assertThat(JnaVersion.why(later))
        .contains("Illegal native access", "--enable-native-access=ALL-UNNAMED");
  }

  private static String initialiserThrew(Throwable cause) {
    return JnaVersion.why(new ExceptionInInitializerError(cause));
  }

  /** Defines JNA's classes as from a jar whose manifest is another program's. */
  private static final class Packed extends ClassLoader {
    private static final String JNA = "com.sun.jna";

    Packed(String version) {
      super(null);
      definePackage(JNA, null, null, null, "Some program", version, null, null);
    }

    @Override
    protected Class<?> findClass(String name) throws ClassNotFoundException {
      String file = "/" + name.replace('.', '/') + ".class";
      try (InputStream in = Native.class.getResourceAsStream(file)) {
        if (in == null || !name.startsWith(JNA)) {
          throw new ClassNotFoundException(name);
        }
        byte[] bytes = in.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }
}
