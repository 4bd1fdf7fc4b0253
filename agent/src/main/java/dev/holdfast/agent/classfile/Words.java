package dev.holdfast.agent.classfile;

/** Words of the stack that values of a descriptor take. */
final class Words {
  private Words() {}

  /** Of a field's descriptor. */
  static int ofField(ConstantPool file, int descriptorEntry) {
    return of(file.u1(file.textAt(descriptorEntry)));
  }

  /** Of all arguments of a method's descriptor. */
  static int ofArguments(ConstantPool file, int descriptorEntry) {
    int at = file.textAt(descriptorEntry) + 1; // behind the parenthesis
    int words = 0;
    while (file.u1(at) != ')') {
      int first = file.u1(at);
      words += of(first);
      at = end(file, at, first);
    }
    return words;
  }

  /** Of a method's result. */
  static int ofResult(ConstantPool file, int descriptorEntry) {
    int at = file.textAt(descriptorEntry);
    while (file.u1(at) != ')') {
      at++;
    }
    return of(file.u1(at + 1));
  }

  private static int of(int first) {
    return switch (first) {
      case 'J', 'D' -> 2;
      case 'V' -> 0;
      default -> 1;
    };
  }

  private static int end(ConstantPool file, int start, int first) {
    int at = start;
    int kind = first;
    while (kind == '[') {
      kind = file.u1(++at);
    }
    if (kind == 'L') {
      while (file.u1(at) != ';') {
        at++;
      }
    }
    return at + 1;
  }
}
