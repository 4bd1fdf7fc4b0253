package dev.holdfast.agent.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.agent.options.Selection;
import java.io.IOException;
import java.lang.ref.WeakReference;
import java.net.URL;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

class ManagedClassesTest {
  private final ClassLoader loader = getClass().getClassLoader();

  private static ManagedClasses selecting(String include, String exclude) {
    return new ManagedClasses(Selection.parse(include, exclude));
  }

  @Test
  void subclassOfASelectedClassIsManaged() {
    ManagedClasses classes = selecting("sample.Point", null);
    assertThat(classes.isManaged(loader, "sample/Point")).isTrue();
    assertThat(classes.isManaged(loader, "sample/SubPoint")).isTrue();
    assertThat(classes.isManaged(loader, "sample/Leaky")).isFalse();
    assertThat(classes.isManaged(loader, "java/lang/Object")).isFalse();
    assertThat(classes.isManaged(loader, "no/such/Class")).isFalse();
  }

  @Test
  void subclassIsManagedEvenIfExcluded() {
    ManagedClasses classes = selecting("sample.*", "sample.SubPoint");
    assertThat(classes.isManaged(loader, "sample/SubPoint")).isTrue();
  }

  @Test
  void classThatOptsOutIsNotManagedButItsSubclassIsAsked() {
    ManagedClasses classes = selecting("sample.*", null);
    assertThat(classes.isManaged(loader, "sample/OptedOut")).isFalse();
    assertThat(classes.isManaged(loader, "sample/OptedOut$Below")).isTrue();
    assertThat(classes.isMirrored(loader, "sample/OptedOut$Below", "own", "I")).isTrue();
    assertThat(classes.isMirrored(loader, "sample/OptedOut$Below", "field", "I")).isFalse();
  }

  @Test
  void classThatWasLoadedWithoutFieldsIsNotManagedNorWhatInheritsFromIt() {
    ManagedClasses classes = selecting("sample.Point", null);
    classes.exclude(loader, "sample/Point");
    assertThat(classes.isManaged(loader, "sample/Point")).isFalse();
    assertThat(classes.isManaged(loader, "sample/SubPoint")).isFalse();
  }

  @Test
  void wildcardPassesOverAllOfTheJdkButNotOverWhatInheritsFromIt() {
    ManagedClasses classes = selecting("**", null);
    assertThat(classes.isManaged(loader, "org/xml/sax/helpers/DefaultHandler")).isFalse();
    assertThat(classes.mayBeManaged(loader, "javax/xml/transform/stream/StreamSource")).isFalse();
    assertThat(classes.isManaged(loader, "sample/app/Parsing")).isTrue();
    assertThat(selecting("org.**", null).isManaged(loader, "sample/app/Parsing")).isFalse();
  }

  @Test
  void classOfAJdkPackageThatALoaderBringsItselfIsManaged() throws IOException {
    URL own = Path.of("own.class").toUri().toURL();
    ClassLoader childFirst =
        new ClassLoader(loader) {
          @Override
          public URL getResource(String name) {
            return name.equals("org/w3c/dom/Own.class") ? own : super.getResource(name);
          }
        };
    ManagedClasses classes = selecting("org.**", null);
    assertThat(classes.isManaged(childFirst, "org/w3c/dom/Own")).isTrue();
    assertThat(classes.isManaged(childFirst, "org/w3c/dom/Node")).isFalse();
  }

  @Test
  void fieldIsMirroredWhereAManagedClassDeclaresIt() {
    ManagedClasses classes = selecting("sample.SubPoint", null);
    assertThat(classes.isMirrored(loader, "sample/SubPoint", "own", "J")).isTrue();
    assertThat(classes.isMirrored(loader, "sample/SubPoint", "x", "I")).isFalse();
    assertThat(selecting("sample.*", null).isMirrored(loader, "sample/SubPoint", "x", "I"))
        .isTrue();
    assertThat(selecting("sample.*", null).isMirrored(loader, "sample/Point", "count", "I"))
        .isFalse();
  }

  @Test
  void answersGoWithTheirLoader() throws InterruptedException {
    ManagedClasses classes = selecting("sample.*", null);
    ClassLoader unloaded = new ClassLoader(loader) {};
    assertThat(classes.isManaged(unloaded, "sample/SubPoint")).isTrue();
    WeakReference<ClassLoader> watched = new WeakReference<>(unloaded);
    unloaded = null;
    long deadline = System.nanoTime() + 60_000_000_000L;
    while (watched.get() != null && System.nanoTime() < deadline) {
      System.gc();
      Thread.onSpinWait();
    }
    assertThat(watched.get()).isNull();
  }
}
