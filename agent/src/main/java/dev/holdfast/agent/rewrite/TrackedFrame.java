package dev.holdfast.agent.rewrite;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.Frame;
import org.objectweb.asm.tree.analysis.Interpreter;

/** A frame in which a constructor's call turns every copy of its receiver into the object. */
final class TrackedFrame extends Frame<Tracked> {
  TrackedFrame(int locals, int stack) {
    super(locals, stack);
  }

  TrackedFrame(Frame<? extends Tracked> frame) {
    super(frame);
  }

  @Override
  public void execute(AbstractInsnNode instruction, Interpreter<Tracked> interpreter)
      throws AnalyzerException {
    if (instruction.getOpcode() == Opcodes.NEW) {
      forget(instruction);
      super.execute(instruction, interpreter);
    } else if (isConstructorCall(instruction)) {
      Tracked receiver = receiver((MethodInsnNode) instruction);
      super.execute(instruction, interpreter);
      if (receiver.isUninitialized()) {
        replace(receiver, receiver.initializedBy(instruction));
      }
    } else {
      super.execute(instruction, interpreter);
    }
  }

  static boolean isConstructorCall(AbstractInsnNode instruction) {
    return instruction.getOpcode() == Opcodes.INVOKESPECIAL
        && ((MethodInsnNode) instruction).name.equals("<init>");
  }

  /** Before a call of an instance method: its receiver. */
  Tracked receiver(MethodInsnNode call) {
    return getStack(getStackSize() - 1 - Type.getArgumentCount(call.desc));
  }

  /** The topmost value, or null. */
  Tracked top() {
    return getStackSize() == 0 ? null : getStack(getStackSize() - 1);
  }

  /** Stack words in use. */
  int depth() {
    int words = 0;
    for (int i = 0; i < getStackSize(); i++) {
      words += getStack(i).getSize();
    }
    return words;
  }

  /** In an earlier turn of a loop the same instruction made another object. */
  private void forget(AbstractInsnNode newInstruction) {
    for (int i = 0; i < getLocals(); i++) {
      if (getLocal(i).isMadeBy(newInstruction)) {
        setLocal(i, Tracked.OTHER);
      }
    }
    for (int i = 0; i < getStackSize(); i++) {
      if (getStack(i).isMadeBy(newInstruction)) {
        setStack(i, Tracked.OTHER);
      }
    }
  }

  private void replace(Tracked before, Tracked after) {
    for (int i = 0; i < getLocals(); i++) {
      if (getLocal(i).equals(before)) {
        setLocal(i, after);
      }
    }
    for (int i = 0; i < getStackSize(); i++) {
      if (getStack(i).equals(before)) {
        setStack(i, after);
      }
    }
  }
}
