package dev.holdfast.agent;

import dev.holdfast.agent.rewrite.HookCalls;
import java.util.Map;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * The class in package {@code java.lang} that rewritten code calls: for each public static method
 * of the hooks one that hands on. It cannot be compiled with the rest, because nothing outside
 * {@code java.base} may be in that package.
 */
final class EntryClass {
  static final String NAME = HookCalls.ENTRY;

  private EntryClass() {}

  /** The class file of an entry class for the methods of these classes. */
  static byte[] delegatingTo(Map<String, byte[]> classFiles, String... targets) {
    ClassWriter writer = new ClassWriter(0);
    writer.visit(
        Opcodes.V17,
        Opcodes.ACC_PUBLIC | Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC,
        NAME,
        null,
        "java/lang/Object",
        null);
    for (String target : targets) {
      new ClassReader(classFiles.get(target))
          .accept(new Delegates(target, writer), ClassReader.SKIP_CODE);
    }
    writer.visitEnd();
    return writer.toByteArray();
  }

  private static final class Delegates extends ClassVisitor {
    private static final int PUBLIC_STATIC = Opcodes.ACC_PUBLIC | Opcodes.ACC_STATIC;

    private final String target;
    private final ClassWriter writer;

    Delegates(String target, ClassWriter writer) {
      super(Opcodes.ASM9);
      this.target = target;
      this.writer = writer;
    }

    @Override
    public MethodVisitor visitMethod(
        int access, String name, String descriptor, String signature, String[] exceptions) {
      if ((access & PUBLIC_STATIC) == PUBLIC_STATIC) {
        delegate(name, descriptor);
      }
      return null;
    }

    private void delegate(String name, String descriptor) {
      MethodVisitor method = writer.visitMethod(PUBLIC_STATIC, name, descriptor, null, null);
      method.visitCode();
      int slots = 0;
      for (Type argument : Type.getArgumentTypes(descriptor)) {
        method.visitVarInsn(argument.getOpcode(Opcodes.ILOAD), slots); // -> arguments
        slots += argument.getSize();
      }
      method.visitMethodInsn(Opcodes.INVOKESTATIC, target, name, descriptor, false); // -> result
      Type result = Type.getReturnType(descriptor);
      method.visitInsn(result.getOpcode(Opcodes.IRETURN));
      method.visitMaxs(Math.max(slots, result.getSize()), slots);
      method.visitEnd();
    }
  }
}
