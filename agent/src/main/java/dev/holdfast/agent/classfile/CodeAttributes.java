package dev.holdfast.agent.classfile;

/**
 * Writes the attributes of a method's code for instructions that have moved: lines, variables,
 * frames, and annotations of types.
 *
 * <pre>
 *   LineNumberTable            u2 count | u2 place, u2 line
 *   LocalVariable[Type]Table   u2 count | u2 place, u2 length, u2 name, u2 type, u2 index
 *   StackMapTable              u2 count | frames: u1 kind ...
 *   StackMap                   u2 count | u2 place, u2 count, locals, u2 count, stack
 *   Runtime*TypeAnnotations    u2 count | annotations
 * </pre>
 */
final class CodeAttributes {
  private final ConstantPool file;
  private final Member method;
  private final int[] places;
  private final int[] instructions;
  private int at;

  /**
   * @param places by old offset, where jumps to it go now
   * @param instructions by old offset, where the instruction is now
   */
  CodeAttributes(ConstantPool file, Member method, int[] places, int[] instructions) {
    this.file = file;
    this.method = method;
    this.places = places;
    this.instructions = instructions;
  }

  void write(Bytes out) {
    at = method.handlers();
    at += 2 + 8 * file.u2(at);
    int count = u2();
    out.u2(count);
    for (int i = 0; i < count; i++) {
      int name = u2();
      int length = u4();
      int end = at + length;
      out.u2(name);
      int lengthAt = out.length();
      out.u4(length);
      contents(name, end, out);
      if (at != end) {
        throw new IllegalArgumentException("its attribute " + file.text(name) + " ends too early");
      }
      out.u4At(lengthAt, out.length() - lengthAt - 4);
    }
    if (at != method.body() + file.u4(method.body() - 4)) {
      throw new IllegalArgumentException("its code has not the length that it says");
    }
  }

  private void contents(int name, int end, Bytes out) {
    switch (file.text(name)) {
      case "LineNumberTable" -> lines(out);
      case "LocalVariableTable", "LocalVariableTypeTable" -> variables(out);
      case "StackMapTable" -> frames(out);
      case "StackMap" -> oldFrames(out);
      case "RuntimeVisibleTypeAnnotations", "RuntimeInvisibleTypeAnnotations" -> {
        int start = out.length();
        out.copy(file.bytes(), at, end);
        new CodeTypeAnnotations(file, at, places, instructions).patch(out, start);
        at = end;
      }
      default -> {
        // Nobody knows what it says; where it says where, that was right before.
        out.copy(file.bytes(), at, end);
        at = end;
      }
    }
  }

  private void lines(Bytes out) {
    int count = u2();
    out.u2(count);
    for (int i = 0; i < count; i++) {
      out.u2(place(u2()));
      out.u2(u2());
    }
  }

  /** The place of any offset: the JVM lets lines and variables begin within an instruction. */
  private int place(int pc) {
    int start = pc;
    while (start > 0 && places[start] == 0) {
      start--;
    }
    return start == pc ? places[pc] : instructions[start] + 1;
  }

  private void variables(Bytes out) {
    int count = u2();
    out.u2(count);
    for (int i = 0; i < count; i++) {
      int start = u2();
      int end = start + u2();
      out.u2(place(start));
      out.u2(place(end) - place(start));
      out.copy(file.bytes(), at, at + 6);
      at += 6;
    }
  }

  // ---- frames ----------------------------------------------------------------------------------

  private static final int SAME_END = 64;
  private static final int ONE_ITEM_END = 128;
  private static final int ONE_ITEM_FAR = 247;
  private static final int SAME_FAR = 251;
  private static final int FULL = 255;

  private void frames(Bytes out) {
    int count = u2();
    out.u2(count);
    int from = -1;
    int to = -1;
    for (int i = 0; i < count; i++) {
      int kind = u1();
      int delta = kind < SAME_END ? kind : kind < ONE_ITEM_END ? kind - SAME_END : u2();
      from += delta + 1;
      int place = places[from];
      frame(kind, place - to - 1, out);
      to = place;
    }
  }

  private void frame(int kind, int delta, Bytes out) {
    if (kind < SAME_END || kind == SAME_FAR) {
      if (delta < SAME_END) {
        out.u1(delta);
      } else {
        out.u1(SAME_FAR);
        out.u2(delta);
      }
    } else if (kind < ONE_ITEM_END || kind == ONE_ITEM_FAR) {
      if (delta < SAME_END) {
        out.u1(SAME_END + delta);
      } else {
        out.u1(ONE_ITEM_FAR);
        out.u2(delta);
      }
      types(1, out);
    } else {
      out.u1(kind);
      out.u2(delta);
      if (kind == FULL) {
        counted(out);
        counted(out);
      } else if (kind > SAME_FAR) {
        types(kind - SAME_FAR, out);
      }
    }
  }

  /** Of the JVMs for small devices, also made by ASM for old versions; only tools read them. */
  private void oldFrames(Bytes out) {
    int count = u2();
    out.u2(count);
    for (int i = 0; i < count; i++) {
      out.u2(places[u2()]);
      counted(out);
      counted(out);
    }
  }

  private void counted(Bytes out) {
    int count = u2();
    out.u2(count);
    types(count, out);
  }

  private void types(int count, Bytes out) {
    for (int i = 0; i < count; i++) {
      int type = u1();
      out.u1(type);
      if (type == 7) { // an object, of this class
        out.u2(u2());
      } else if (type == 8) { // uninitialised, made by the NEW at this offset
        out.u2(instructions[u2()]);
      }
    }
  }

  private int u1() {
    return file.u1(at++);
  }

  private int u2() {
    at += 2;
    return file.u2(at - 2);
  }

  private int u4() {
    at += 4;
    return file.u4(at - 4);
  }
}
