package dev.holdfast.agent.rewrite;

import static dev.holdfast.agent.rewrite.GeneratedShapesTest.NAME;
import static dev.holdfast.agent.rewrite.GeneratedShapesTest.construct;
import static dev.holdfast.agent.rewrite.GeneratedShapesTest.run;
import static dev.holdfast.agent.rewrite.GeneratedShapesTest.supplier;
import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.Attribute;
import org.objectweb.asm.ByteVector;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Code that the JVM takes, but that no compiler of today makes. */
class OddCodeTest implements Opcodes {
  private static void makePoint(MethodVisitor code) {
    code.visitTypeInsn(NEW, "sample/Point");
    code.visitInsn(DUP);
    code.visitInsn(ICONST_3);
    construct(code);
  }

  @Test
  void subroutineReturnsByAFarLocalVariable() {
    run(
        V1_4,
        code -> {
          Label subroutine = new Label();
          code.visitJumpInsn(JSR, subroutine);
          makePoint(code);
          code.visitInsn(ARETURN);
          code.visitLabel(subroutine);
          code.visitVarInsn(ASTORE, 300);
          makePoint(code);
          code.visitInsn(POP);
          code.visitVarInsn(RET, 300);
        });
    assertThat(Recorder.takeNames())
        .containsExactly("adopted sample.Point", "adopted sample.Point");
  }

  /** A table that ASM would not write: numbers of two bytes each. */
  private static Attribute table(String name, Object... contents) {
    return new Attribute(name) {
      @Override
      public boolean isCodeAttribute() {
        return true;
      }

      @Override
      protected ByteVector write(
          ClassWriter writer, byte[] code, int length, int maxStack, int maxLocals) {
        ByteVector out = new ByteVector();
        for (Object part : contents) {
          out.putShort(part instanceof String text ? writer.newUTF8(text) : (int) part);
        }
        return out;
      }
    };
  }

  /** new(0..2) dup(3) iconst_3(4) invokespecial(5..7) goto(8..10) areturn(11). */
  private static byte[] with(int version, Attribute odd) {
    Consumer<MethodVisitor> body =
        code -> {
          Label end = new Label();
          makePoint(code);
          code.visitJumpInsn(GOTO, end);
          code.visitLabel(end);
          code.visitInsn(ARETURN);
          code.visitAttribute(odd);
        };
    return supplier(version, body);
  }

  @Test
  void lineThatBeginsWithinAnInstructionIsNotThatOfTheMethodsBegin() {
    Attribute lines = table("LineNumberTable", 2, 9, 77, 11, 78);
    RewritingLoader loader = new RewritingLoader("sample.*").give(NAME, with(V17, lines));
    List<Integer> found = new ArrayList<>();
    new ClassReader(loader.rewritten(NAME))
        .accept(
            new ClassVisitor(ASM9) {
              @Override
              public MethodVisitor visitMethod(
                  int access, String name, String type, String signature, String[] exceptions) {
                return new MethodVisitor(ASM9) {
                  @Override
                  public void visitLineNumber(int line, Label start) {
                    found.add(line);
                  }
                };
              }
            },
            0);
    assertThat(found).containsExactly(78); // ASM sees only what begins with an instruction
  }

  @Test
  void aVariableThatEndsWithinAnInstructionStillLoads() {
    for (int length : new int[] {3, 6}) { // within invokespecial, within goto
      RewritingLoader loader = new RewritingLoader("sample.*");
      Attribute variables =
          table("LocalVariableTable", 1, 3, length, "that", "Lgenerated/Code;", 0);
      loader.give(NAME, with(V1_4, variables));
      assertThat(loader.run(NAME)).as("of %s bytes", length).isNotNull();
    }
  }

  @Test
  void aMethodWithTheDeepestStackThereIsStillLoads() {
    byte[] deep =
        supplier(
            V17,
            code -> {
              makePoint(code);
              code.visitInsn(DUP);
              code.visitInsn(ICONST_5);
              code.visitFieldInsn(PUTFIELD, "sample/Point", "x", "I");
              code.visitInsn(ARETURN);
            });
    ClassWriter writer = new ClassWriter(0);
    new ClassReader(deep)
        .accept(
            new ClassVisitor(ASM9, writer) {
              @Override
              public MethodVisitor visitMethod(
                  int access, String name, String type, String signature, String[] exceptions) {
                return new MethodVisitor(
                    ASM9, super.visitMethod(access, name, type, signature, exceptions)) {
                  @Override
                  public void visitMaxs(int maxStack, int maxLocals) {
                    super.visitMaxs(0xffff, maxLocals);
                  }
                };
              }
            },
            0);
    RewritingLoader loader = new RewritingLoader("sample.*").give(NAME, writer.toByteArray());
    assertThat(loader.run(NAME)).isNotNull();
  }

  @Test
  void framesForSmallDevicesMoveWithTheCode() {
    byte[] original =
        supplier(
            V1_1,
            code -> {
              Label other = new Label();
              code.visitVarInsn(ALOAD, 0);
              code.visitJumpInsn(IFNULL, other);
              makePoint(code);
              code.visitInsn(ARETURN);
              code.visitLabel(other);
              code.visitInsn(ACONST_NULL);
              code.visitInsn(ARETURN);
            });
    RewritingLoader loader = new RewritingLoader("sample.*").give(NAME, original);
    List<Integer> behindFrames = new ArrayList<>();
    new ClassReader(loader.rewritten(NAME))
        .accept(
            new ClassVisitor(ASM9) {
              @Override
              public MethodVisitor visitMethod(
                  int access, String name, String type, String signature, String[] exceptions) {
                return new MethodVisitor(ASM9) {
                  private boolean frame;

                  @Override
                  public void visitFrame(
                      int kind, int locals, Object[] local, int words, Object[] stack) {
                    frame = true;
                  }

                  @Override
                  public void visitInsn(int opcode) {
                    if (frame) {
                      behindFrames.add(opcode);
                    }
                    frame = false;
                  }
                };
              }
            },
            0);
    assertThat(behindFrames).containsExactly(ACONST_NULL);
  }
}
