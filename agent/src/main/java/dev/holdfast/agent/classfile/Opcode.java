package dev.holdfast.agent.classfile;

import java.util.Arrays;

/** The instructions of the JVM: their numbers, lengths and effects on the stack. */
public final class Opcode {
  static final int ACONST_NULL = 1;
  static final int ILOAD = 21;
  static final int ALOAD = 25;
  static final int ALOAD_0 = 42;
  static final int ALOAD_3 = 45;
  static final int ISTORE = 54;
  static final int ASTORE = 58;
  static final int ISTORE_0 = 59;
  static final int ASTORE_0 = 75;
  static final int ASTORE_3 = 78;
  public static final int AASTORE = 83;
  public static final int POP = 87;
  public static final int POP2 = 88;
  public static final int DUP = 89;
  public static final int DUP_X1 = 90;
  public static final int DUP_X2 = 91;
  public static final int DUP2 = 92;
  public static final int DUP2_X1 = 93;
  static final int DUP2_X2 = 94;
  static final int SWAP = 95;
  static final int IINC = 132;
  static final int IFEQ = 153;
  static final int GOTO = 167;
  static final int JSR = 168;
  static final int RET = 169;
  static final int TABLESWITCH = 170;
  static final int LOOKUPSWITCH = 171;
  static final int IRETURN = 172;
  public static final int ARETURN = 176;
  static final int RETURN = 177;
  static final int GETSTATIC = 178;
  public static final int PUTSTATIC = 179;
  static final int GETFIELD = 180;
  public static final int PUTFIELD = 181;
  public static final int INVOKEVIRTUAL = 182;
  public static final int INVOKESPECIAL = 183;
  public static final int INVOKESTATIC = 184;
  public static final int INVOKEINTERFACE = 185;
  public static final int INVOKEDYNAMIC = 186;
  public static final int NEW = 187;
  public static final int ATHROW = 191;
  static final int CHECKCAST = 192;
  static final int WIDE = 196;
  static final int MULTIANEWARRAY = 197;
  static final int IFNULL = 198;
  static final int IFNONNULL = 199;
  static final int GOTO_W = 200;
  static final int JSR_W = 201;
  static final int COUNT = 202;

  private static final byte[] LENGTHS = lengths();

  /** Words that an instruction takes from the stack, a digit for each; '-' is not so simple. */
  private static final String TAKES =
      "000000000000000000000" // nop, constants
          + "0000-0000000000000000----" // loads
          + "22222222" // array loads
          + "-------------------------" // stores
          + "34343333" // array stores
          + "12-------" // pop, dup, swap
          + "24242424242424242424" // add .. rem
          + "1212232323242424" // neg, shifts, and, or, xor
          + "0" // iinc
          + "111222111222111" // conversions
          + "42244" // comparisons
          + "11111122222222" // if
          + "0--11" // goto, jsr, ret, switches
          + "121210" // returns
          + "---------" // fields, calls
          + "-111" // new, arrays
          + "1-111" // athrow, checkcast, instanceof, monitors
          + "--110-"; // wide, multianewarray, ifnull, ifnonnull, goto_w, jsr_w

  /** Words that it puts there, of which nothing is known. */
  private static final String PUTS =
      "011111111221112211112" // nop, constants
          + "1212-1111222211112222----" // loads
          + "12121111" // array loads
          + "-------------------------" // stores
          + "00000000" // array stores
          + "00-------" // pop, dup, swap
          + "12121212121212121212" // add .. rem
          + "1212121212121212" // neg, shifts, and, or, xor
          + "0" // iinc
          + "212112122121111" // conversions
          + "11111" // comparisons
          + "00000000000000" // if
          + "0--00" // goto, jsr, ret, switches
          + "000000" // returns
          + "---------" // fields, calls
          + "-111" // new, arrays
          + "0-100" // athrow, checkcast, instanceof, monitors
          + "--000-"; // wide, multianewarray, ifnull, ifnonnull, goto_w, jsr_w

  private Opcode() {}

  private static byte[] lengths() {
    byte[] lengths = new byte[COUNT];
    Arrays.fill(lengths, (byte) 1);
    for (int opcode : new int[] {16, 18, 21, 22, 23, 24, 25, 54, 55, 56, 57, 58, RET, 188}) {
      lengths[opcode] = 2; // bipush, ldc, loads, stores, ret, newarray
    }
    for (int opcode : new int[] {17, 19, 20, IINC, NEW, 189, CHECKCAST, 193, IFNULL, IFNONNULL}) {
      lengths[opcode] = 3; // sipush, ldc_w, ldc2_w, anewarray, instanceof
    }
    Arrays.fill(lengths, IFEQ, RET, (byte) 3); // branches
    Arrays.fill(lengths, GETSTATIC, INVOKEINTERFACE, (byte) 3); // fields, methods
    lengths[MULTIANEWARRAY] = 4;
    for (int opcode : new int[] {INVOKEINTERFACE, INVOKEDYNAMIC, GOTO_W, JSR_W}) {
      lengths[opcode] = 5;
    }
    lengths[TABLESWITCH] = 0;
    lengths[LOOKUPSWITCH] = 0;
    lengths[WIDE] = 0;
    return lengths;
  }

  /** Whether it takes and puts words of which nothing is known, and does nothing else. */
  static boolean isSimple(int opcode) {
    return TAKES.charAt(opcode) != '-';
  }

  static int takes(int opcode) {
    return TAKES.charAt(opcode) - '0';
  }

  static int puts(int opcode) {
    return PUTS.charAt(opcode) - '0';
  }

  /** Whether two bytes behind it say how far it jumps. */
  static boolean isShortBranch(int opcode) {
    return (opcode >= IFEQ && opcode <= JSR) || opcode == IFNULL || opcode == IFNONNULL;
  }

  /** Whether four bytes behind it say how far it jumps. */
  static boolean isLongBranch(int opcode) {
    return opcode == GOTO_W || opcode == JSR_W;
  }

  /** Whether what follows is reached from elsewhere only. */
  static boolean isEnd(int opcode) {
    return (opcode >= IRETURN && opcode <= RETURN)
        || opcode == GOTO
        || opcode == GOTO_W
        || opcode == ATHROW
        || opcode == RET
        || opcode == TABLESWITCH
        || opcode == LOOKUPSWITCH;
  }

  /**
   * The length of an instruction in bytes.
   *
   * @param start where in the file the method's code begins, because switches are padded from there
   */
  static int length(ConstantPool file, int start, int at) {
    int length = fixedLength(file.u1(at));
    return length != 0 ? length : variableLength(file, start, at, file.u1(at));
  }

  /** The length in bytes of all instructions of this kind, or 0 if they differ. */
  static int fixedLength(int opcode) {
    if (opcode >= COUNT) {
      throw new IllegalArgumentException("instruction " + opcode + " (the limit is 201)");
    }
    return LENGTHS[opcode];
  }

  static int variableLength(ConstantPool file, int start, int at, int opcode) {
    if (opcode == WIDE) {
      return file.u1(at + 1) == IINC ? 6 : 4;
    }
    int table = operands(start, at);
    int words =
        opcode == TABLESWITCH
            ? 3 + file.u4(table + 8) - file.u4(table + 4) + 1
            : 2 + 2 * file.u4(table + 4);
    int length = table + 4 * words - at;
    if (length <= 0) { // or who goes from one to the next would never arrive
      throw new IllegalArgumentException("a switch of " + length + " bytes");
    }
    return length;
  }

  /** Where the operands of a switch begin: padded to a multiple of four. */
  static int operands(int start, int at) {
    return start + ((at - start + 4) & -4);
  }
}
