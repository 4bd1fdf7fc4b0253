package dev.holdfast.agent.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.agent.classfile.ConstantPool;
import dev.holdfast.agent.options.Selection;
import java.io.IOException;
import java.io.InputStream;
import org.junit.jupiter.api.Test;

class RelevanceTest {
  private final ClassLoader loader = getClass().getClassLoader();
  private final Selection selection = Selection.parse("sample.Poin*", null);
  private final ManagedClasses classes = new ManagedClasses(selection);
  private final Relevance relevance = new Relevance(selection, classes);

  private static byte[] classFile(String name) throws IOException {
    try (InputStream in = ClassLoader.getSystemResourceAsStream(name + ".class")) {
      return in.readAllBytes();
    }
  }

  private boolean concerns(String name) throws IOException {
    ConstantPool pool = new ConstantPool(classFile(name));
    return relevance.concerns(loader, pool, relevance.mentionsSelected(pool));
  }

  private boolean isManaged(String name) throws IOException {
    return classes.isManaged(loader, new ConstantPool(classFile(name)));
  }

  @Test
  void classThatInheritsWithoutNamingTheSelectedClassIsManaged() throws IOException {
    assertThat(relevance.mentionsSelected(new ConstantPool(classFile("other/Quiet$Below"))))
        .isFalse();
    assertThat(isManaged("other/Quiet$Below")).isTrue();
  }

  @Test
  void writeToAFieldOfAClassThatInheritsIsFound() throws IOException {
    assertThat(concerns("other/Quiet$Writer")).isTrue();
  }

  @Test
  void siteOfAClassThatInheritsIsFoundOnceThatClassIsKnown() throws IOException {
    assertThat(concerns("other/Quiet$Maker")).isFalse();
    assertThat(isManaged("other/Quiet$Below")).isTrue();
    assertThat(concerns("other/Quiet$Maker")).isTrue();
  }

  @Test
  void siteInAClassThatMentionsASelectedOneIsFoundAtOnce() throws IOException {
    assertThat(concerns("sample/Inherited")).isTrue();
  }

  @Test
  void strangerIsPassedOver() throws IOException {
    assertThat(concerns("other/Quiet$Stranger")).isFalse();
    assertThat(isManaged("other/Quiet$Stranger")).isFalse();
  }

  @Test
  void callOfCloneAlwaysConcerns() throws IOException {
    assertThat(concerns("sample/Clones")).isTrue();
    assertThat(concerns("sample/Clones$Copy")).isTrue();
  }
}
