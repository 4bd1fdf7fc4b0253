package dev.holdfast.agent.classfile;

/**
 * The targets of a switch instruction.
 *
 * <pre>
 *   tableswitch  | padding | s4 default | s4 low | s4 high | s4 offset for each
 *   lookupswitch | padding | s4 default | s4 count | s4 key, s4 offset for each
 * </pre>
 */
final class Switch {
  private final ConstantPool file;
  private final int pc;
  private final int operands;
  private final int cases;
  private final int first;
  private final int stride;

  Switch(ConstantPool file, Member method, int pc, int opcode) {
    this.file = file;
    this.pc = pc;
    operands = Opcode.operands(method.code(), method.code() + pc);
    if (opcode == Opcode.TABLESWITCH) {
      cases = file.u4(operands + 8) - file.u4(operands + 4) + 1;
      first = operands + 12;
      stride = 4;
    } else {
      cases = file.u4(operands + 4);
      first = operands + 12;
      stride = 8;
    }
  }

  /** With the default, which is the first. */
  int count() {
    return cases + 1;
  }

  int target(int i) {
    return pc + file.u4(at(i));
  }

  /** Where in the file the offset of a target stands. */
  int at(int i) {
    return i == 0 ? operands : first + (i - 1) * stride;
  }

  /** Where in the file its operands begin. */
  int operands() {
    return operands;
  }

  /** How many bytes they are. */
  int length() {
    return first - operands + cases * stride - (stride == 8 ? 4 : 0);
  }
}
