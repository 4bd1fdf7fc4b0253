package dev.holdfast.agent.rewrite;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.function.Consumer;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.util.CheckClassAdapter;

/** Byte code that javac does not make, but other compilers do. */
class GeneratedShapesTest implements Opcodes {
  private static final String POINT = "sample/Point";
  static final String NAME = "generated.Code";

  /** The result of a rewritten {@code Supplier<Object>} with this body. */
  static Object run(int version, Consumer<MethodVisitor> body) {
    RewritingLoader loader = new RewritingLoader("sample.*");
    loader.give(NAME, supplier(version, body));
    Object result = loader.run(NAME);
    assertThat(loader.recorder.leftAlone).isEmpty();
    return result;
  }

  static byte[] supplier(int version, Consumer<MethodVisitor> body) {
    int compute = version < V1_6 ? ClassWriter.COMPUTE_MAXS : ClassWriter.COMPUTE_FRAMES;
    ClassWriter writer =
        new ClassWriter(compute) {
          @Override
          protected String getCommonSuperClass(String one, String other) {
            return "java/lang/Object";
          }
        };
    writer.setComputeLimits(Integer.MAX_VALUE, Long.MAX_VALUE);
    writer.visit(
        version,
        ACC_PUBLIC,
        NAME.replace('.', '/'),
        null,
        "java/lang/Object",
        new String[] {"java/util/function/Supplier"});
    MethodVisitor constructor = writer.visitMethod(ACC_PUBLIC, "<init>", "()V", null, null);
    constructor.visitCode();
    constructor.visitVarInsn(ALOAD, 0);
    constructor.visitMethodInsn(INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false);
    constructor.visitInsn(RETURN);
    constructor.visitMaxs(0, 0);
    constructor.visitEnd();
    MethodVisitor get = writer.visitMethod(ACC_PUBLIC, "get", "()Ljava/lang/Object;", null, null);
    get.visitCode();
    body.accept(get);
    get.visitMaxs(0, 0);
    get.visitEnd();
    writer.visitEnd();
    return writer.toByteArray();
  }

  static void construct(MethodVisitor code) {
    code.visitMethodInsn(INVOKESPECIAL, POINT, "<init>", "(I)V", false);
  }

  @Test
  void newWithoutDupAdoptsTheCopyInALocalVariable() {
    Object made =
        run(
            V17,
            code -> {
              code.visitTypeInsn(NEW, POINT);
              code.visitVarInsn(ASTORE, 1);
              code.visitVarInsn(ALOAD, 1);
              code.visitInsn(ICONST_3);
              construct(code);
              code.visitVarInsn(ALOAD, 1);
              code.visitInsn(ARETURN);
            });
    assertThat(Recorder.take())
        .singleElement()
        .satisfies(event -> assertThat(event.object()).isSameAs(made));
  }

  @Test
  void newWithoutAnyCopyIsLeftAlone() {
    Object made =
        run(
            V17,
            code -> {
              code.visitTypeInsn(NEW, POINT);
              code.visitInsn(ICONST_3);
              construct(code);
              code.visitInsn(ACONST_NULL);
              code.visitInsn(ARETURN);
            });
    assertThat(made).isNull();
    assertThat(Recorder.take()).isEmpty();
  }

  @Test
  void newAndConstructorOnTwoSidesOfBranches() {
    Object made =
        run(
            V17,
            code -> {
              Label small = new Label();
              Label done = new Label();
              code.visitTypeInsn(NEW, POINT);
              code.visitInsn(DUP);
              code.visitVarInsn(ALOAD, 0);
              code.visitJumpInsn(IFNULL, small);
              code.visitInsn(ICONST_5);
              construct(code);
              code.visitJumpInsn(GOTO, done);
              code.visitLabel(small);
              code.visitInsn(ICONST_1);
              construct(code);
              code.visitLabel(done);
              code.visitInsn(ARETURN);
            });
    assertThat(Recorder.take())
        .singleElement()
        .satisfies(event -> assertThat(event.object()).isSameAs(made));
  }

  @Test
  void objectOfAnEarlierTurnOfALoopIsNotTakenForTheNewOne() {
    // local 1 keeps the object of the turn before; the new one has no copy when it is initialised
    run(
        V17,
        code -> {
          Label again = new Label();
          code.visitInsn(ACONST_NULL);
          code.visitVarInsn(ASTORE, 1);
          code.visitInsn(ICONST_2);
          code.visitVarInsn(ISTORE, 2);
          code.visitLabel(again);
          code.visitTypeInsn(NEW, POINT);
          code.visitInsn(DUP);
          code.visitInsn(ICONST_1);
          construct(code);
          code.visitVarInsn(ASTORE, 1);
          code.visitTypeInsn(NEW, POINT);
          code.visitInsn(ICONST_4);
          construct(code);
          code.visitIincInsn(2, -1);
          code.visitVarInsn(ILOAD, 2);
          code.visitJumpInsn(IFNE, again);
          code.visitVarInsn(ALOAD, 1);
          code.visitInsn(ARETURN);
        });
    assertThat(Recorder.take()).hasSize(2).doesNotHaveDuplicates();
  }

  @Test
  void aCopyDeepInTheStackOnlyIsLeftAlone() {
    run(
        V17,
        code -> {
          code.visitTypeInsn(NEW, POINT);
          code.visitInsn(ICONST_0);
          code.visitInsn(SWAP);
          code.visitInsn(DUP_X1); // object 0 object
          code.visitInsn(ICONST_3);
          construct(code); // object 0
          code.visitInsn(POP);
          code.visitInsn(ARETURN);
        });
    assertThat(Recorder.take()).isEmpty();
  }

  @Test
  void writeThatIsABranchTarget() {
    Object made =
        run(
            V17,
            code -> {
              Label other = new Label();
              Label write = new Label();
              code.visitTypeInsn(NEW, POINT);
              code.visitInsn(DUP);
              code.visitInsn(ICONST_3);
              construct(code);
              code.visitVarInsn(ASTORE, 1);
              code.visitVarInsn(ALOAD, 1);
              code.visitVarInsn(ALOAD, 0);
              code.visitJumpInsn(IFNULL, other);
              code.visitLdcInsn(7L);
              code.visitJumpInsn(GOTO, write);
              code.visitLabel(other);
              code.visitInsn(LCONST_0);
              code.visitLabel(write);
              code.visitFieldInsn(PUTFIELD, POINT, "l", "J");
              code.visitVarInsn(ALOAD, 1);
              code.visitInsn(ARETURN);
            });
    assertThat(made).hasFieldOrPropertyWithValue("l", 7L);
    assertThat(Recorder.takeNames()).containsExactly("adopted sample.Point", "long sample.Point.l");
  }

  @ParameterizedTest
  @ValueSource(ints = {V1_2, V1_4, V1_5, V1_6, V1_8, V11, V17})
  void classFilesOfAnyVersion(int version) {
    Object made =
        run(
            version,
            code -> {
              code.visitTypeInsn(NEW, POINT);
              code.visitInsn(DUP);
              code.visitInsn(ICONST_3);
              construct(code);
              code.visitInsn(DUP);
              code.visitLdcInsn(2.5d);
              code.visitFieldInsn(PUTFIELD, POINT, "d", "D");
              code.visitInsn(ARETURN);
            });
    assertThat(made).hasFieldOrPropertyWithValue("d", 2.5d);
    assertThat(Recorder.takeNames()).containsExactly("adopted sample.Point", "long sample.Point.d");
  }

  @Test
  void subroutinesOfOldCompilers() {
    Object made =
        run(
            V1_4,
            code -> {
              Label subroutine = new Label();
              code.visitTypeInsn(NEW, POINT);
              code.visitInsn(DUP);
              code.visitInsn(ICONST_3);
              construct(code);
              code.visitVarInsn(ASTORE, 1);
              code.visitJumpInsn(JSR, subroutine);
              code.visitJumpInsn(JSR, subroutine);
              code.visitVarInsn(ALOAD, 1);
              code.visitInsn(ARETURN);
              code.visitLabel(subroutine);
              code.visitVarInsn(ASTORE, 2);
              code.visitVarInsn(ALOAD, 1);
              code.visitInsn(ICONST_5);
              code.visitFieldInsn(PUTFIELD, POINT, "x", "I");
              code.visitTypeInsn(NEW, POINT);
              code.visitInsn(DUP);
              code.visitInsn(ICONST_0);
              construct(code);
              code.visitInsn(POP);
              code.visitVarInsn(RET, 2);
            });
    assertThat(made).hasFieldOrPropertyWithValue("x", 5);
    assertThat(Recorder.takeNames())
        .containsExactly(
            "adopted sample.Point",
            "int sample.Point.x",
            "adopted sample.Point",
            "int sample.Point.x",
            "adopted sample.Point");
  }

  @Test
  void hiddenFieldsOfAnOldClassAreSynthetic() throws ReflectiveOperationException {
    RewritingLoader loader = new RewritingLoader("generated.*");
    loader.give(NAME, supplier(V1_4, code -> code.visitInsn(NOP)));
    loader.give(
        NAME,
        supplier(
            V1_4,
            code -> {
              code.visitInsn(ACONST_NULL);
              code.visitInsn(ARETURN);
            }));
    assertThat(loader.loadClass(NAME).getDeclaredField("$slot").isSynthetic()).isTrue();
  }

  @Test
  void methodWithoutRoomGivesUpItsSitesFirst() {
    RewritingLoader loader = new RewritingLoader("sample.*");
    loader.give(NAME, supplier(V17, code -> fill(code, 8190, false)));
    assertThat(((Supplier<?>) newInstance(loader)).get()).isNull();
    assertThat(Recorder.take()).isEmpty();
    assertThat(loader.rewritten(NAME)).isNotNull();
  }

  @Test
  void methodWithoutRoomForItsWritesLeavesItsClassAlone() {
    RewritingLoader loader = new RewritingLoader("sample.*:generated.*");
    loader.give(NAME, supplier(V17, code -> fill(code, 4500, true)));
    assertThat(loader.rewritten(NAME)).isNull();
    assertThat(loader.recorder.leftAlone.get(NAME))
        .contains("get()Ljava/lang/Object;")
        .contains("65535");
  }

  @ParameterizedTest
  @ValueSource(ints = {1, 1000})
  void branchThatBecomesTooFarStillGoesThere(int local) {
    Object made = run(V17, code -> branchFar(code, local));
    assertThat(made).hasFieldOrPropertyWithValue("x", 5);
    assertThat(Recorder.take()).hasSize(3001);
  }

  private static void branchFar(MethodVisitor code, int local) {
    Label done = new Label();
    code.visitTypeInsn(NEW, POINT);
    code.visitInsn(DUP);
    code.visitInsn(ICONST_3);
    construct(code);
    code.visitVarInsn(ASTORE, local);
    code.visitVarInsn(ALOAD, 0);
    code.visitJumpInsn(IFNULL, done);
    for (int i = 0; i < 3000; i++) { // 15,000 bytes, and seven more each
      code.visitVarInsn(ALOAD, local);
      code.visitInsn(ICONST_5);
      code.visitFieldInsn(PUTFIELD, POINT, "x", "I");
    }
    code.visitLabel(done);
    code.visitVarInsn(ALOAD, local);
    code.visitInsn(ARETURN);
  }

  @Test
  void branchThatBecomesTooFarAmongTooManyVariablesLeavesItsClassAlone() {
    assertThat(run(V1_4, code -> branchFar(code, 40_000))).isNotNull();
    assertThat(reason(V17, code -> branchFar(code, 40_000)))
        .contains("get()Ljava/lang/Object; has 40004 words")
        .contains("limit is then 4000");
  }

  @Test
  void tooManyVariablesAtTooManyTargetsLeaveTheirClassAlone() {
    String reason =
        reason(
            V1_4, // ASM need not compute its frames
            code -> {
              for (int i = 0; i < 500; i++) {
                Label next = new Label();
                code.visitVarInsn(ALOAD, 0);
                code.visitJumpInsn(IFNULL, next);
                code.visitLabel(next);
              }
              code.visitTypeInsn(NEW, POINT);
              code.visitInsn(DUP);
              code.visitInsn(ICONST_3);
              construct(code);
              code.visitVarInsn(ASTORE, 40_000);
              code.visitInsn(ACONST_NULL);
              code.visitInsn(ARETURN);
            });
    assertThat(reason)
        .contains("get()Ljava/lang/Object; cannot be followed: 16800420 ")
        .contains("limit is 16777216");
  }

  /** Why a class with this method is left alone. */
  private static String reason(int version, Consumer<MethodVisitor> body) {
    RewritingLoader loader = new RewritingLoader("sample.*:generated.*");
    loader.give(NAME, supplier(version, body));
    assertThat(loader.rewritten(NAME)).isNull();
    return loader.recorder.leftAlone.get(NAME);
  }

  private static Object newInstance(RewritingLoader loader) {
    try {
      Object made = loader.loadClass(NAME).getConstructor().newInstance();
      Recorder.take();
      return made;
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(NAME, e);
    }
  }

  /** Eight bytes of code for each site, or twelve with a write. */
  private static void fill(MethodVisitor code, int times, boolean writing) {
    for (int i = 0; i < times; i++) {
      code.visitTypeInsn(NEW, POINT);
      code.visitInsn(DUP);
      code.visitMethodInsn(INVOKESPECIAL, POINT, "<init>", "()V", false);
      if (writing) {
        code.visitInsn(LCONST_1);
        code.visitFieldInsn(PUTFIELD, POINT, "l", "J");
      } else {
        code.visitInsn(POP);
      }
    }
    code.visitInsn(ACONST_NULL);
    code.visitInsn(ARETURN);
  }

  @Test
  void aClassFileOfAVersionToComeIsLeftAsItWas() {
    RewritingLoader loader = new RewritingLoader("generated.*");
    byte[] future = supplier(V17, code -> code.visitInsn(NOP));
    future[7] = (byte) 200;
    loader.give(NAME, future);
    assertThat(loader.rewritten(NAME)).isNull();
    assertThat(loader.recorder.leftAlone).containsOnlyKeys(NAME);
  }

  @Test
  void bytesThatAreNoClassFileAreLeftAsTheyWere() {
    RewritingLoader loader = new RewritingLoader("generated.*");
    loader.give(NAME, new byte[] {1, 2, 3});
    assertThat(loader.rewritten(NAME)).isNull();
  }

  @Test
  void checkerAcceptsTheOutput() {
    RewritingLoader loader = new RewritingLoader("sample.*:generated.*");
    loader.give(
        NAME,
        supplier(
            V17,
            code -> {
              code.visitTypeInsn(NEW, POINT);
              code.visitInsn(DUP);
              code.visitInsn(ICONST_3);
              construct(code);
              code.visitInsn(ARETURN);
            }));
    new ClassReader(loader.rewritten(NAME)).accept(new CheckClassAdapter(new ClassWriter(0)), 0);
  }
}
