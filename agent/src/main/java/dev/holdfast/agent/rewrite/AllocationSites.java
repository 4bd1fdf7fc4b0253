package dev.holdfast.agent.rewrite;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.TypeInsnNode;
import org.objectweb.asm.tree.VarInsnNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;

/**
 * Allocation sites: the place behind the constructor's call that ends what a {@code NEW} began.
 * Data flow tells which calls those are, whatever stands between the two, and where a copy of the
 * object is left: on top of the stack, as compilers leave it, or in a local variable. Where neither
 * is the case the object is adopted later.
 */
final class AllocationSites {
  /** Words of stack that an adoption takes above those in use behind the constructor's call. */
  private static final int EXTRA_STACK = 2;

  private final RewriteContext context;

  AllocationSites(RewriteContext context) {
    this.context = context;
  }

  boolean concerns(int opcode, String type) {
    return opcode == Opcodes.NEW && context.isSite(type);
  }

  boolean concerns(AbstractInsnNode instruction) {
    return instruction instanceof TypeInsnNode type && concerns(type.getOpcode(), type.desc);
  }

  /**
   * The adoption that follows this instruction.
   *
   * @param frame what is known before the instruction
   * @return the code, or null if the instruction ends no allocation of a managed class
   */
  Adoption adoptionAfter(AbstractInsnNode instruction, TrackedFrame frame)
      throws AnalyzerException {
    if (frame == null || !TrackedFrame.isConstructorCall(instruction)) {
      return null;
    }
    Tracked receiver = frame.receiver((MethodInsnNode) instruction);
    if (!receiver.isUninitialized() || receiver.made() == null || !concerns(receiver.made())) {
      return null;
    }
    TrackedFrame after = new TrackedFrame(frame);
    after.execute(instruction, new TrackingInterpreter(false));
    AbstractInsnNode copy = copy(after, instruction);
    return copy == null
        ? null
        : new Adoption(
            instruction,
            copy,
            context.classKey(((TypeInsnNode) receiver.made()).desc),
            after.depth() + EXTRA_STACK);
  }

  /** The instruction that pushes the object once more, or null if there is none. */
  private static AbstractInsnNode copy(TrackedFrame after, AbstractInsnNode constructorCall) {
    Tracked top = after.top();
    if (top != null && top.isInitializedBy(constructorCall)) {
      return new InsnNode(Opcodes.DUP); // object -> object object
    }
    for (int i = 0; i < after.getLocals(); i++) {
      if (after.getLocal(i).isInitializedBy(constructorCall)) {
        return new VarInsnNode(Opcodes.ALOAD, i); // -> object
      }
    }
    return null;
  }

  /** Code to insert, found before any is. */
  final class Adoption {
    private final AbstractInsnNode constructorCall;
    private final AbstractInsnNode copy;
    private final int classKey;
    private final int stack;

    private Adoption(
        AbstractInsnNode constructorCall, AbstractInsnNode copy, int classKey, int stack) {
      this.constructorCall = constructorCall;
      this.copy = copy;
      this.classKey = classKey;
      this.stack = stack;
    }

    void insert(MethodNode method) {
      InsnList code = new InsnList();
      code.add(copy); // -> object
      code.add(context.hooks().adopted(classKey)); // object ->
      method.instructions.insert(constructorCall, code);
      method.maxStack = Math.max(method.maxStack, stack);
    }
  }
}
