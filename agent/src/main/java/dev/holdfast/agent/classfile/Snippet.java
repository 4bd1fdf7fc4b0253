package dev.holdfast.agent.classfile;

import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Straight-line code to insert: some moves on the stack, then perhaps the push of a number and a
 * call of a static method.
 *
 * @param moves instructions without operands, one in each byte from the lowest; 0 ends them
 * @param local the local variable that is pushed after them, or -1
 * @param call the method to call, or null
 * @param key the number that is pushed for it, or {@link #NO_KEY}
 */
public record Snippet(long moves, int local, Call call, int key) {
  /** A static method. */
  public record Call(String owner, String name, String descriptor) {}

  /** No number is pushed. */
  public static final int NO_KEY = -1;

  private static final int SIPUSH = 17;
  private static final int LDC_W = 19;

  /** No code. */
  public static final Snippet NOTHING = new Snippet(0, -1, null, NO_KEY);

  /** Only moves; the first comes first. */
  public static Snippet moving(int... opcodes) {
    long packed = 0;
    for (int i = opcodes.length - 1; i >= 0; i--) {
      packed = packed << 8 | opcodes[i];
    }
    return new Snippet(packed, -1, null, NO_KEY);
  }

  /** These moves, and then a call. */
  public Snippet calling(Call method, int number) {
    return new Snippet(moves, local, method, number);
  }

  /** The push of a local variable. */
  public static Snippet load(int local) {
    return new Snippet(0, local, null, NO_KEY);
  }

  void writeTo(Bytes out, ConstantAdditions constants) {
    for (long rest = moves; rest != 0; rest >>>= 8) {
      out.u1((int) (rest & 0xff));
    }
    if (local > 0xff) {
      out.u1(Opcode.WIDE);
      out.u1(Opcode.ALOAD);
      out.u2(local);
    } else if (local >= 0) {
      out.u1(Opcode.ALOAD);
      out.u1(local);
    }
    if (call != null) {
      if (key > Short.MAX_VALUE) {
        out.u1(LDC_W);
        out.u2(constants.integer(key));
      } else if (key != NO_KEY) {
        out.u1(SIPUSH);
        out.u2(key);
      }
      out.u1(Opcode.INVOKESTATIC);
      out.u2(constants.method(call));
    }
  }

  /** The same for ASM. */
  public void accept(MethodVisitor code) {
    for (long rest = moves; rest != 0; rest >>>= 8) {
      code.visitInsn((int) (rest & 0xff));
    }
    if (local >= 0) {
      code.visitVarInsn(Opcodes.ALOAD, local);
    }
    if (call != null) {
      if (key > Short.MAX_VALUE) {
        code.visitLdcInsn(key);
      } else if (key != NO_KEY) {
        code.visitIntInsn(Opcodes.SIPUSH, key);
      }
      code.visitMethodInsn(Opcodes.INVOKESTATIC, call.owner, call.name, call.descriptor, false);
    }
  }
}
