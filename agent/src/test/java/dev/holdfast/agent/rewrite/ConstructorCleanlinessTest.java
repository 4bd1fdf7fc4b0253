package dev.holdfast.agent.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.agent.classfile.ClassBytes;
import dev.holdfast.agent.classfile.ConstantPool;
import dev.holdfast.agent.options.Selection;
import java.io.IOException;
import java.io.InputStream;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class ConstructorCleanlinessTest {
  private final ManagedClasses classes = new ManagedClasses(Selection.NONE);

  private boolean isClean(String nested) {
    return classes.isClean(getClass().getClassLoader(), "sample/Constructors$" + nested);
  }

  @ParameterizedTest
  @ValueSource(strings = {"Plain", "Helped", "Below"})
  void constructorsThatKeepThisToThemselvesAreClean(String nested) {
    assertThat(isClean(nested)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(
      strings = {
        "Passes",
        "StoresStatic",
        "StoresField",
        "StoresArray",
        "Captured",
        "CapturedInner",
        "Overridable",
        "LeakyHelper",
        "Perhaps",
        "Throws",
        "BelowLeaky",
        "Mixed"
      })
  void constructorsThatLetThisOutAreNot(String nested) {
    assertThat(isClean(nested)).isFalse();
  }

  @Test
  void superclassesOfTheJdkThatAreTakenForCleanAreClean() throws IOException {
    for (String name : new TreeSet<>(ManagedClasses.CLEAN_JDK_CLASSES)) {
      try (InputStream in = ClassLoader.getSystemResourceAsStream(name + ".class")) {
        ClassBytes file = new ClassBytes(new ConstantPool(in.readAllBytes()));
        assertThat(ConstructorCleanliness.of(file)).as(name).isTrue();
        assertThat(file.pool().superName())
            .as(name)
            .satisfiesAnyOf(
                above -> assertThat(above).isNull(),
                above -> assertThat(ManagedClasses.CLEAN_JDK_CLASSES).contains(above));
      }
    }
  }
}
