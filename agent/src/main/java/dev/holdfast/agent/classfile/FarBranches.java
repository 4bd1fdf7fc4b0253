package dev.holdfast.agent.classfile;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassTooLargeException;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Writes a class in which a branch becomes too far for its instruction, with ASM, which makes other
 * instructions of it and the frames that those need. Call sites keep their bootstrap methods.
 *
 * <p>For those frames, which class files have since Java 6, ASM looks at every word of every frame
 * and behind every instruction of the class: without a bound of the words, its time and memory
 * would have none.
 */
final class FarBranches extends ClassReader {
  /** With a method's 65,535 bytes, just less than the memory that ASM lets one use: 2 GB in all. */
  private static final int MOST_WORDS = 4000;

  private final Map<String, MethodEdits> edits;
  private int pc;

  private FarBranches(byte[] classFile, Map<String, MethodEdits> edits) {
    super(classFile);
    this.edits = edits;
  }

  static byte[] write(
      ClassBytes file, List<ClassPatch.Field> fields, Map<Member, MethodEdits> edits) {
    for (Member method : file.methods()) {
      if (method.hasCode() && file.pool().majorVersion() >= Opcodes.V1_6) {
        checkWords(method);
      }
    }
    Map<String, MethodEdits> byName = new HashMap<>();
    edits.forEach((method, edit) -> byName.put(method.name() + method.descriptor(), edit));
    while (true) {
      try {
        return new FarBranches(file.pool().bytes(), byName).write(fields);
      } catch (MethodTooLargeException e) {
        String method = e.getMethodName() + e.getDescriptor();
        MethodEdits fewer = byName.containsKey(method) ? byName.get(method).indispensable() : null;
        if (fewer == null) {
          throw MethodEdits.tooLong(method, e.getCodeSize(), e);
        }
        byName.put(method, fewer);
      } catch (ClassTooLargeException e) {
        throw ConstantAdditions.tooMany(e.getConstantPoolCount());
      }
    }
  }

  private static void checkWords(Member method) {
    int words = method.maxLocals() + method.maxStack();
    if (words > MOST_WORDS) {
      throw new IllegalArgumentException(
          "a branch becomes too far, and its method "
              + method.name()
              + method.descriptor()
              + " has "
              + words
              + " words of local variables and stack (the limit is then "
              + MOST_WORDS
              + ")");
    }
  }

  @Override
  protected void readBytecodeInstructionOffset(int bytecodeOffset) {
    pc = bytecodeOffset;
  }

  private byte[] write(List<ClassPatch.Field> fields) {
    ClassWriter writer = new ClassWriter(this, 0);
    writer.setComputeLimits(Integer.MAX_VALUE, Long.MAX_VALUE);
    accept(
        new ClassVisitor(Opcodes.ASM9, writer) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String type, String signature, String[] exceptions) {
            MethodVisitor code = super.visitMethod(access, name, type, signature, exceptions);
            MethodEdits edited = edits.get(name + type);
            return edited == null ? code : new Adding(code, edited);
          }

          @Override
          public void visitEnd() {
            for (ClassPatch.Field field : fields) {
              writer
                  .visitField(field.access(), field.name(), field.descriptor(), null, null)
                  .visitEnd();
            }
            super.visitEnd();
          }
        },
        0);
    return writer.toByteArray();
  }

  /** Edits stand at writes of fields and at calls only. */
  private final class Adding extends MethodVisitor {
    private final MethodEdits edited;
    private int next;

    Adding(MethodVisitor code, MethodEdits edited) {
      super(Opcodes.ASM9, code);
      this.edited = edited;
    }

    private Edit edit() {
      List<Edit> edits = edited.edits();
      return next < edits.size() && edits.get(next).pc() == pc ? edits.get(next++) : null;
    }

    private void add(Snippet snippet) {
      if (snippet != null) {
        snippet.accept(mv);
      }
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
      Edit edit = edit();
      add(edit == null ? null : edit.before());
      super.visitFieldInsn(opcode, owner, name, descriptor);
      add(edit == null ? null : edit.after());
    }

    @Override
    public void visitMethodInsn(
        int opcode, String owner, String name, String descriptor, boolean isInterface) {
      Edit edit = edit();
      add(edit == null ? null : edit.before());
      super.visitMethodInsn(opcode, owner, name, descriptor, isInterface);
      add(edit == null ? null : edit.after());
    }

    @Override
    public void visitMaxs(int maxStack, int maxLocals) {
      super.visitMaxs(edited.maxStack(), maxLocals);
    }
  }
}
