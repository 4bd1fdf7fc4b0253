package dev.holdfast.agent.rewrite;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;

/**
 * Writes of mirrored fields. The write stays where it is, in line, and is followed by a call with
 * the object, which reads the field again and stores it in the mirror. (A setter in its place would
 * lose access to final and private fields.)
 */
final class FieldWrites {
  /** Words of stack that a write takes in addition. */
  static final int EXTRA_STACK = 2;

  private final RewriteContext context;

  FieldWrites(RewriteContext context) {
    this.context = context;
  }

  boolean concerns(int opcode, String owner, String name, String descriptor) {
    return opcode == Opcodes.PUTFIELD
        && context.classes().mayBeManaged(context.loader(), owner)
        && context.classes().isMirrored(context.loader(), owner, name, descriptor);
  }

  boolean concerns(AbstractInsnNode instruction) {
    return instruction instanceof FieldInsnNode write
        && concerns(write.getOpcode(), write.owner, write.name, write.desc);
  }

  void follow(InsnList code, FieldInsnNode write) {
    boolean wide = write.desc.equals("J") || write.desc.equals("D");
    code.insertBefore(write, wide ? keepUnderWide() : keepUnder());
    int key =
        context
            .keys()
            .fieldKey(context.loader(), write.owner.replace('/', '.'), write.name, write.desc);
    InsnList after = new InsnList();
    if (!wide) {
      after.add(new InsnNode(Opcodes.POP)); // object value -> object
    }
    after.add(context.hooks().written(write.desc, key)); // object ->
    code.insert(write, after);
  }

  /** object value -> object value object value; the write then takes the upper pair. */
  private static InsnList keepUnder() {
    InsnList code = new InsnList();
    code.add(new InsnNode(Opcodes.DUP2)); // object value -> object value object value
    return code;
  }

  /** object wide -> object object wide; the write then takes the upper pair. */
  private static InsnList keepUnderWide() {
    InsnList code = new InsnList();
    code.add(new InsnNode(Opcodes.DUP2_X1)); // object wide -> wide object wide
    code.add(new InsnNode(Opcodes.POP2)); // wide object wide -> wide object
    code.add(new InsnNode(Opcodes.DUP_X2)); // wide object -> object wide object
    code.add(new InsnNode(Opcodes.DUP_X2)); // object wide object -> object object wide object
    code.add(new InsnNode(Opcodes.POP)); // object object wide object -> object object wide
    return code;
  }
}
