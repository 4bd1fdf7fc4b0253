package dev.holdfast.agent.classfile;

import java.util.Arrays;

/**
 * A field or method in its class file.
 *
 * <pre>
 *   u2 access | u2 name | u2 descriptor | u2 count | attributes: u2 name | u4 length | ...
 *   Code: u2 stack | u2 locals | u4 length | code | u2 count | handlers | u2 count | attributes
 * </pre>
 */
public final class Member {
  static final int ATTRIBUTES = 6;
  static final int ATTRIBUTE_HEADER = 6;
  static final int CODE_HEADER = 8;
  private static final int LOCALS = 2;
  private static final int LENGTH = 4;

  private static final int ACC_STATIC = 8;

  private final ConstantPool file;
  private final int start;
  private final int end;
  private final int body;
  private final byte[] bytes;
  private final int code;

  /**
   * @param start where it begins
   * @param end where the next begins
   * @param body where the contents of its {@code Code} attribute begin; 0 without one
   */
  Member(ConstantPool file, int start, int end, int body) {
    this.file = file;
    this.start = start;
    this.end = end;
    this.body = body;
    bytes = file.bytes();
    code = body + CODE_HEADER;
  }

  public int access() {
    return file.u2(start);
  }

  public boolean isStatic() {
    return (access() & ACC_STATIC) != 0;
  }

  public String name() {
    return file.text(file.u2(start + 2));
  }

  public boolean isConstructor() {
    return file.isText(file.u2(start + 2), "<init>");
  }

  public String descriptor() {
    return file.text(descriptorEntry());
  }

  int descriptorEntry() {
    return file.u2(start + 4);
  }

  /** Whether name and descriptor are those of the method that an entry of the pool names. */
  public boolean isNamedBy(int methodEntry) {
    return name().equals(file.name(methodEntry))
        && descriptor().equals(file.descriptor(methodEntry));
  }

  public boolean hasCode() {
    return body != 0;
  }

  int start() {
    return start;
  }

  int end() {
    return end;
  }

  int body() {
    return body;
  }

  public int maxStack() {
    return file.u2(body);
  }

  int maxLocals() {
    return file.u2(body + LOCALS);
  }

  /** Where in the file its code begins. */
  int code() {
    return code;
  }

  /** The length of its code in bytes. */
  public int codeLength() {
    return file.u4(body + LENGTH);
  }

  /** Where in the file the table of handlers begins, with their number. */
  int handlers() {
    return code + codeLength();
  }

  /** The line of the instruction at an offset, 0 if the file does not say. */
  public int line(int pc) {
    int at = handlers();
    at += 2 + 8 * file.u2(at);
    int nearest = -1;
    int line = 0;
    int attributes = file.u2(at);
    at += 2;
    for (int i = 0; i < attributes; i++) {
      if (file.isText(file.u2(at), "LineNumberTable")) {
        int entry = at + ATTRIBUTE_HEADER + 2;
        for (int n = file.u2(entry - 2); n > 0; n--, entry += 4) {
          int start = file.u2(entry);
          if (start <= pc && start > nearest) {
            nearest = start;
            line = file.u2(entry + 2);
          }
        }
      }
      at += ATTRIBUTE_HEADER + file.u4(at + 2);
    }
    return line;
  }

  /** The instruction at an offset in the code. */
  public int opcode(int pc) {
    return bytes[code + pc] & 0xff;
  }

  /** The entry of the pool that the instruction at an offset names. */
  public int entry(int pc) {
    return file.u2(code + pc + 1);
  }

  /** The offset of the next instruction. */
  int next(int pc) {
    int opcode = bytes[code + pc] & 0xff;
    int length = Opcode.fixedLength(opcode);
    return pc + (length != 0 ? length : Opcode.variableLength(file, code, code + pc, opcode));
  }

  /**
   * The offsets of the instructions that write fields, call methods or make objects, in the order
   * of the code. One short loop, because it goes over all code of a program.
   */
  public int[] writesCallsAndNews() {
    int[] found = new int[16];
    int count = 0;
    int length = codeLength();
    for (int pc = 0; pc < length; ) {
      int opcode = bytes[code + pc] & 0xff;
      if (opcode >= Opcode.PUTFIELD && opcode <= Opcode.NEW) {
        if (count == found.length) {
          found = Arrays.copyOf(found, 2 * count);
        }
        found[count++] = pc;
      }
      int bytesLong = Opcode.fixedLength(opcode);
      pc += bytesLong != 0 ? bytesLong : Opcode.variableLength(file, code, code + pc, opcode);
    }
    return Arrays.copyOf(found, count);
  }
}
