package dev.holdfast.agent.rewrite;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/**
 * Calls of {@code clone()}. {@code Object.clone} copies the hidden fields too, so two objects would
 * have one mirror. Which class the receiver has is known only when the call is made: every call
 * that may reach {@code Object.clone} is followed by one with the receiver and the result.
 */
final class CloneCalls {
  /** Words of stack that a call takes in addition. */
  static final int EXTRA_STACK = 2;

  private final RewriteContext context;

  CloneCalls(RewriteContext context) {
    this.context = context;
  }

  static boolean concerns(int opcode, String owner, String name, String descriptor) {
    return opcode != Opcodes.INVOKESTATIC
        && name.equals("clone")
        && descriptor.startsWith("()L")
        && owner.charAt(0) != '[';
  }

  static boolean concerns(AbstractInsnNode instruction) {
    return instruction instanceof MethodInsnNode call
        && concerns(call.getOpcode(), call.owner, call.name, call.desc);
  }

  void follow(InsnList code, MethodInsnNode call) {
    code.insertBefore(call, new InsnNode(Opcodes.DUP)); // receiver -> receiver receiver
    InsnList after = new InsnList();
    after.add(new InsnNode(Opcodes.DUP_X1)); // receiver result -> result receiver result
    after.add(context.hooks().cloned()); // result receiver result -> result
    code.insert(call, after);
  }
}
