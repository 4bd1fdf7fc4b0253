package dev.holdfast.agent.classfile;

import java.util.List;

/**
 * Writes a {@code Code} attribute with code added to it. Two ways through the instructions: the
 * first says where each comes to stand, the second writes them.
 *
 * <pre>
 *   instruction m, what comes behind it
 *   place of n, where jumps, handlers, lines, variables and frames go
 *   what comes before n, instruction n
 * </pre>
 */
final class CodeWriter {
  /** A branch whose two bytes cannot hold the distance any more. */
  static final class BranchTooFar extends Exception {
    private static final long serialVersionUID = 1L;
  }

  /** A method that would pass 64 KB. */
  static final class TooLong extends Exception {
    private static final long serialVersionUID = 1L;
    final int codeLength;

    TooLong(int codeLength) {
      this.codeLength = codeLength;
    }
  }

  static final int LIMIT = 0xffff;

  private final ConstantPool file;
  private final byte[] bytes;
  private final Member method;
  private final List<Edit> edits;
  private final int maxStack;
  private final ConstantAdditions constants;
  private final int[] places;
  private final int[] instructions;

  /** The code that comes before and behind each edited instruction, and where each part ends. */
  private final Bytes added;

  private final int[] addedEnds;

  /**
   * @param bytes the class file, or a copy in which instructions name other entries of the pool
   */
  CodeWriter(ConstantPool file, byte[] bytes, MethodEdits edits, ConstantAdditions constants) {
    this.file = file;
    this.bytes = bytes;
    this.method = edits.method();
    this.edits = edits.edits();
    this.maxStack = edits.maxStack();
    this.constants = constants;
    places = new int[method.codeLength() + 1];
    instructions = new int[method.codeLength()];
    added = new Bytes(16 * edits.edits().size());
    addedEnds = new int[2 * edits.edits().size()];
    encode();
  }

  private void encode() {
    int part = 0;
    for (Edit edit : edits) {
      encode(edit.before());
      addedEnds[part++] = added.length();
      encode(edit.after());
      addedEnds[part++] = added.length();
    }
  }

  private void encode(Snippet snippet) {
    if (snippet != null) {
      byte[] code = constants.encoded(snippet);
      added.copy(code, 0, code.length);
    }
  }

  /** How many bytes a part is long: 2 i before the i-th edited instruction, 2 i + 1 behind it. */
  private int length(int part) {
    return addedEnds[part] - (part == 0 ? 0 : addedEnds[part - 1]);
  }

  private void writeAdded(int part, Bytes out) {
    out.copy(added, addedEnds[part] - length(part), addedEnds[part]);
  }

  private boolean isEdited(int pc, int next) {
    return next < edits.size() && edits.get(next).pc() == pc;
  }

  /** Appends the contents of the attribute. */
  void write(Bytes out) throws BranchTooFar, TooLong {
    int length = place();
    if (length > LIMIT) {
      throw new TooLong(length);
    }
    out.u2(maxStack);
    out.u2(method.maxLocals());
    out.u4(length);
    int start = out.length();
    writeInstructions(out, start);
    writeHandlers(out);
    new CodeAttributes(file, method, places, instructions).write(out);
  }

  private int place() {
    int to = 0;
    int next = 0;
    for (int pc = 0; pc < method.codeLength(); pc = method.next(pc)) {
      places[pc] = to;
      boolean edited = isEdited(pc, next);
      to += edited ? length(2 * next) : 0;
      instructions[pc] = to;
      to += method.next(pc) - pc + padding(pc, to);
      to += edited ? length(2 * next++ + 1) : 0;
    }
    places[method.codeLength()] = to;
    return to;
  }

  /** By how many bytes more a switch is padded in its new place. */
  private int padding(int pc, int to) {
    int opcode = method.opcode(pc);
    boolean padded = opcode == Opcode.TABLESWITCH || opcode == Opcode.LOOKUPSWITCH;
    return padded ? (-(to + 1) & 3) - (-(pc + 1) & 3) : 0;
  }

  private void writeInstructions(Bytes out, int start) throws BranchTooFar {
    int code = method.code();
    int copied = 0;
    int next = 0;
    for (int pc = 0; pc < method.codeLength(); pc = method.next(pc)) {
      int opcode = method.opcode(pc);
      boolean edited = isEdited(pc, next);
      boolean moves =
          Opcode.isShortBranch(opcode)
              || Opcode.isLongBranch(opcode)
              || opcode == Opcode.TABLESWITCH
              || opcode == Opcode.LOOKUPSWITCH;
      if (!edited && !moves) {
        continue; // copied with its neighbours
      }
      out.copy(bytes, code + copied, code + pc);
      copied = method.next(pc);
      if (edited) {
        writeAdded(2 * next, out);
      }
      if (moves) {
        writeBranch(out, start, pc, opcode);
      } else {
        out.copy(bytes, code + pc, code + copied);
      }
      if (edited) {
        writeAdded(2 * next++ + 1, out);
      }
    }
    out.copy(bytes, code + copied, code + method.codeLength());
  }

  private void writeBranch(Bytes out, int start, int pc, int opcode) throws BranchTooFar {
    int operand = method.code() + pc + 1;
    out.u1(opcode);
    if (Opcode.isShortBranch(opcode)) {
      int distance = distance(pc, pc + (short) file.u2(operand));
      if (distance != (short) distance) {
        throw new BranchTooFar();
      }
      out.u2(distance);
    } else if (Opcode.isLongBranch(opcode)) {
      out.u4(distance(pc, pc + file.u4(operand)));
    } else {
      while ((out.length() - start & 3) != 0) {
        out.u1(0);
      }
      Switch cases = new Switch(file, method, pc, opcode);
      int operands = out.length();
      out.copy(bytes, cases.operands(), cases.operands() + cases.length());
      for (int i = 0; i < cases.count(); i++) {
        int at = operands + cases.at(i) - cases.operands();
        out.u4At(at, distance(pc, cases.target(i)));
      }
    }
  }

  private int distance(int from, int to) {
    return places[to] - instructions[from];
  }

  private void writeHandlers(Bytes out) {
    int at = method.handlers();
    int count = file.u2(at);
    out.u2(count);
    for (int i = 0; i < count; i++) {
      int handler = at + 2 + 8 * i;
      out.u2(places[file.u2(handler)]);
      out.u2(places[file.u2(handler + 2)]);
      out.u2(places[file.u2(handler + 4)]);
      out.u2(file.u2(handler + 6));
    }
  }
}
