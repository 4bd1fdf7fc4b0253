package dev.holdfast.agent.rewrite;

import static dev.holdfast.agent.rewrite.GeneratedShapesTest.NAME;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.agent.options.Selection;
import dev.holdfast.stats.Log;
import java.io.ByteArrayOutputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Classes that the JVM takes, but that no compiler of today makes, or no loader of the JDK. */
class OddClassesTest implements Opcodes {
  private static final String INTERNAL = NAME.replace('.', '/');

  @TempDir private Path directory;

  /** A class with fields, each {@code "static descriptor name"} or {@code "descriptor name"}. */
  private static byte[] withFields(String name, String superName, String... fields) {
    ClassWriter writer = new ClassWriter(0);
    writer.visit(V17, ACC_PUBLIC, name, null, superName, null);
    for (String field : fields) {
      int access = field.startsWith("static ") ? ACC_STATIC : 0;
      String[] parts = field.replace("static ", "").split(" ");
      writer.visitField(access, parts[1], parts[0], null, null).visitEnd();
    }
    writer.visitEnd();
    return writer.toByteArray();
  }

  private static byte[] plain(String superName) {
    return withFields(INTERNAL, superName, "I value");
  }

  private static List<String> fieldsOf(byte[] classFile) {
    List<String> names = new ArrayList<>();
    new ClassReader(classFile)
        .accept(
            new ClassVisitor(ASM9) {
              @Override
              public FieldVisitor visitField(
                  int access, String name, String type, String signature, Object value) {
                names.add(name);
                return null;
              }
            },
            0);
    return names;
  }

  @Test
  void fieldsOfOneNameAndTwoTypesHaveNoOffsetsByName() {
    for (String first : List.of("static I", "J")) {
      RewritingLoader loader = new RewritingLoader("generated.*");
      loader.give(NAME, withFields(INTERNAL, "java/lang/Object", first + " a", "I a"));
      assertThat(loader.rewritten(NAME)).isNull();
      assertThat(loader.recorder.leftAlone.get(NAME)).contains("two fields").contains("a");
    }
  }

  @Test
  void aClassWithAsManyFieldsAsThereCanBeHasNoRoomForMore() {
    String[] fields = new String[0xffff];
    for (int i = 0; i < fields.length; i++) { // 256 names, each with 256 types
      fields[i] = "static " + "[".repeat(i / 256) + "I field" + i % 256;
    }
    RewritingLoader loader = new RewritingLoader("generated.*");
    loader.give(NAME, withFields(INTERNAL, "java/lang/Object", fields));
    assertThat(loader.rewritten(NAME)).isNull();
    assertThat(loader.recorder.leftAlone.get(NAME)).contains("65537 fields").contains("65535");
  }

  @Test
  void aClassIsManagedThatItsLoaderDefinesWithoutSayingItsName() {
    RewritingLoader loader = new RewritingLoader("generated.*");
    byte[] classFile = plain("java/lang/Object");
    byte[] rewritten = loader.transformer.transform(loader, null, null, null, classFile);
    assertThat(rewritten).isNotNull();
    assertThat(fieldsOf(rewritten)).contains("$slot");
  }

  @Test
  void aSuperclassWhoseFileIsNotInPlainBytesIsJustNotKnown() {
    RewritingLoader loader = new RewritingLoader("generated.*");
    loader.give("sealed.Base", "not for your eyes".getBytes(StandardCharsets.UTF_8));
    loader.give(NAME, plain("sealed/Base"));
    assertThat(loader.rewritten(NAME)).isNotNull();
    assertThat(loader.recorder.leftAlone).isEmpty();
  }

  @Test
  void aClassThatCannotBeRewrittenAnyMoreKeepsItsHiddenFields() {
    RewritingLoader loader = new RewritingLoader("generated.*");
    loader.give(NAME, plain("java/lang/Object"));
    Class<?> defined = load(loader);
    byte[] full = writing(13_000, 0); // as another agent makes it: 65,000 bytes of code
    byte[] rewritten = loader.transformer.transform(loader, INTERNAL, defined, null, full);
    assertThat(rewritten).as("or the JVM refuses the class").isNotNull();
    assertThat(fieldsOf(rewritten)).containsExactly("value", "$cohort", "$slot");
  }

  private static Class<?> load(RewritingLoader loader) {
    try {
      return loader.loadClass(NAME);
    } catch (ClassNotFoundException e) {
      throw new LinkageError(NAME, e);
    }
  }

  /** A class with so many writes in a method, and so many entries in its pool at least. */
  private static byte[] writing(int times, int entries) {
    ClassWriter writer = new ClassWriter(0);
    new ClassReader(plain("java/lang/Object")).accept(writer, 0);
    MethodVisitor code = writer.visitMethod(0, "full", "()V", null, null);
    code.visitCode();
    for (int i = 0; i < times; i++) {
      code.visitVarInsn(ALOAD, 0);
      code.visitInsn(ICONST_1);
      code.visitFieldInsn(PUTFIELD, INTERNAL, "value", "I");
    }
    code.visitInsn(RETURN);
    code.visitMaxs(2, 1);
    code.visitEnd();
    writer.newUTF8("Code");
    int texts = 0;
    while (writer.newUTF8("text" + texts) < entries - 1) {
      texts++;
    }
    return writer.toByteArray();
  }

  @Test
  void aClassWhosePoolIsAlmostFullIsManagedOrNamesTheLimit() {
    Set<Boolean> managed = new HashSet<>();
    for (int room = 0; room < 20; room++) {
      RewritingLoader loader = new RewritingLoader("generated.*");
      loader.give(NAME, writing(1, 0xffff - room));
      Class<?> defined = load(loader);
      String reason = loader.recorder.leftAlone.get(NAME);
      managed.add(reason == null);
      if (reason == null) {
        assertThat(defined.getDeclaredFields()).hasSize(3);
        assertThat(defined.getDeclaredMethods()).hasSize(1);
      } else {
        assertThat(reason).contains("65536 entries").contains("65535");
      }
    }
    assertThat(managed).containsExactlyInAnyOrder(true, false);
  }

  @Test
  void aNameThatNoFileCanBearIsNotDumped() {
    String name = "generated/No\0File";
    HoldfastTransformer transformer =
        new HoldfastTransformer(
            Selection.parse("generated.*", null), new Recorder(), true, directory, Recorder.OWNER);
    byte[] classFile = withFields(name, "java/lang/Object");
    assertThat(transformer.transform(getClass().getClassLoader(), name, null, null, classFile))
        .isNotNull();
  }

  @Test
  void aFolderThatCannotBeMadeOnlyCostsTheDumpAndIsToldOnce() throws Exception {
    Path file = Files.createFile(directory.resolve("file"));
    ClassDump dump = new ClassDump(file.resolve("below"));
    ByteArrayOutputStream said = new ByteArrayOutputStream();
    OutputStream before = Log.to(said);
    try {
      dump.write(null, "a/B", new byte[] {1, 2, 3});
      dump.write(null, "a/C", new byte[] {1, 2, 3});
    } finally {
      Log.to(before);
    }
    assertThat(said.toString(StandardCharsets.UTF_8).lines())
        .singleElement()
        .asString()
        .contains("a/B");
  }
}
