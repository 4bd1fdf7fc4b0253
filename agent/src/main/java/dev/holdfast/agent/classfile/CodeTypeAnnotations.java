package dev.holdfast.agent.classfile;

/**
 * Annotations of types within code, which say where they are by offsets.
 *
 * <pre>
 *   u1 target | its data | u1 path, 2 bytes each | u2 type | u2 count | u2 name, value ...
 *   value: u1 tag | constant: u2 | enum: u2 u2 | class: u2 | annotation | array: u2 count, values
 * </pre>
 */
final class CodeTypeAnnotations {
  private final ConstantPool file;
  private final int[] places;
  private final int[] instructions;
  private final int start;
  private int at;

  CodeTypeAnnotations(ConstantPool file, int start, int[] places, int[] instructions) {
    this.file = file;
    this.start = start;
    this.at = start;
    this.places = places;
    this.instructions = instructions;
  }

  /** Corrects a copy of them, which begins there. */
  void patch(Bytes copy, int copyStart) {
    int offset = copyStart - start;
    for (int count = u2(); count > 0; count--) {
      target(copy, offset);
      at += 1 + 2 * file.u1(at); // path
      annotation();
    }
  }

  private void target(Bytes copy, int offset) {
    int kind = file.u1(at++);
    switch (kind) {
      case 0x40, 0x41 -> { // variables
        for (int count = u2(); count > 0; count--) {
          int from = file.u2(at);
          int to = from + file.u2(at + 2);
          copy.u2At(at + offset, places[from]);
          copy.u2At(at + 2 + offset, places[to] - places[from]);
          at += 6;
        }
      }
      case 0x42 -> at += 2; // a handler, by its number
      case 0x43, 0x44, 0x45, 0x46 -> { // an instruction
        copy.u2At(at + offset, instructions[u2()]);
      }
      case 0x47, 0x48, 0x49, 0x4A, 0x4B -> { // an instruction's type argument
        copy.u2At(at + offset, instructions[u2()]);
        at++;
      }
      default -> throw new IllegalArgumentException("type annotation in code for " + kind);
    }
  }

  private void annotation() {
    at += 2;
    for (int count = u2(); count > 0; count--) {
      at += 2;
      value();
    }
  }

  private void value() {
    switch (file.u1(at++)) {
      case 'e' -> at += 4;
      case '@' -> annotation();
      case '[' -> {
        for (int count = u2(); count > 0; count--) {
          value();
        }
      }
      default -> at += 2;
    }
  }

  private int u2() {
    at += 2;
    return file.u2(at - 2);
  }
}
