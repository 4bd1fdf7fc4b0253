package dev.holdfast.agent.rewrite;

import static dev.holdfast.agent.rewrite.GeneratedShapesTest.NAME;
import static dev.holdfast.agent.rewrite.GeneratedShapesTest.construct;
import static dev.holdfast.agent.rewrite.GeneratedShapesTest.run;
import static dev.holdfast.agent.rewrite.GeneratedShapesTest.supplier;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assertions.assertTimeoutPreemptively;

import java.time.Duration;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Attribute;
import org.objectweb.asm.ByteVector;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Code that the JVM refuses: it is left for the JVM to say why, and neither mended nor followed.
 */
class BrokenCodeTest implements Opcodes {
  private static final String POINT = "sample/Point";
  private static final Duration HANGS = Duration.ofMinutes(1);

  private static void makePoint(MethodVisitor code) {
    code.visitTypeInsn(NEW, POINT);
    code.visitInsn(DUP);
    code.visitInsn(ICONST_3);
    construct(code);
  }

  /** Changes the byte so many behind the begin of the only place that has these bytes. */
  private static byte[] change(byte[] classFile, int behind, int to, int... place) {
    int found = -1;
    for (int i = 0; i + place.length <= classFile.length; i++) {
      int same = 0;
      while (same < place.length && classFile[i + same] == (byte) place[same]) {
        same++;
      }
      if (same == place.length) {
        assertThat(found).as("another such place").isEqualTo(-1);
        found = i;
      }
    }
    assertThat(found).isNotEqualTo(-1);
    classFile[found + behind] = (byte) to;
    return classFile;
  }

  private static byte[] rewritten(byte[] classFile) {
    return new RewritingLoader("sample.*").give(NAME, classFile).rewritten(NAME);
  }

  /** nop(0..7) iconst_0(8) lookupswitch(9), whose count of -2 leads back to a nop. */
  @Test
  void aSwitchWithFewerThanNoCasesEndsTheWay() {
    byte[] good =
        supplier(
            V1_4,
            code -> {
              Label end = new Label();
              for (int i = 0; i < 8; i++) {
                code.visitInsn(NOP);
              }
              code.visitInsn(ICONST_0);
              code.visitLookupSwitchInsn(end, new int[] {0x123456}, new Label[] {end});
              code.visitLabel(end);
              makePoint(code);
              code.visitInsn(ARETURN);
            });
    int[] count = {0, 0, 0, 1, 0, 0x12, 0x34, 0x56};
    for (int i = 0; i < 3; i++) {
      change(good, i, 0xff, count);
      count[i] = 0xff;
    }
    byte[] broken = change(good, 3, -2, count);
    assertThat(assertTimeoutPreemptively(HANGS, () -> rewritten(broken))).isNull();
  }

  @Test
  void codeThatIsLongerThanItsPartsIsNotMended() {
    Attribute odd =
        new Attribute("Odd") {
          @Override
          public boolean isCodeAttribute() {
            return true;
          }

          @Override
          protected ByteVector write(
              ClassWriter writer, byte[] code, int length, int maxStack, int maxLocals) {
            return new ByteVector();
          }
        };
    byte[] good =
        supplier(
            V1_4,
            code -> {
              makePoint(code);
              code.visitInsn(ARETURN);
              code.visitAttribute(odd);
            });
    assertThat(rewritten(good.clone())).isNotNull();
    byte[] broken = change(good, 4, 0, ARETURN, 0, 0, 0, 1);
    assertThat(rewritten(broken)).isNull();
  }

  @Test
  void constructorReferenceByAnUnknownBootstrapMethodStaysUnknown() {
    String unknown = "(Ljava/lang/invoke/MethodHandles$Lookup;)Ljava/lang/invoke/CallSite;";
    Type made = Type.getMethodType("(I)Ljava/lang/Object;");
    assertThatThrownBy(
            () ->
                run(
                    V17,
                    code -> {
                      code.visitInvokeDynamicInsn(
                          "apply",
                          "()Ljava/util/function/IntFunction;",
                          new Handle(
                              H_INVOKESTATIC,
                              "java/lang/invoke/LambdaMetafactory",
                              "metafactory",
                              unknown,
                              false),
                          made,
                          new Handle(H_NEWINVOKESPECIAL, POINT, "<init>", "(I)V", false),
                          Type.getMethodType("(I)Lsample/Point;"));
                      code.visitInsn(ARETURN);
                    }))
        .isInstanceOf(LinkageError.class);
  }
}
