package dev.holdfast.agent.rewrite;

import java.util.Arrays;

/**
 * Walks over the code of a class file to tell which fields of other classes it writes. The constant
 * pool does not say: it has the same entry for a field that is read, written or static.
 *
 * <pre>
 *   ... u2 interfaces | u2 fields: 6 bytes, attributes | u2 methods: 6 bytes, attributes | ...
 *   attribute: u2 name | u4 length | Code: u2 stack, u2 locals, u4 length, code ...
 * </pre>
 */
final class CodeScan {
  private static final int PUTFIELD = 181;
  private static final int TABLESWITCH = 170;
  private static final int LOOKUPSWITCH = 171;
  private static final int WIDE = 196;
  private static final int IINC = 132;
  private static final byte[] LENGTHS = lengths();

  private static final int MEMBER_HEADER = 6;
  private static final int ATTRIBUTE_HEADER = 6;
  private static final int CODE_HEADER = 8;

  private final ConstantPool pool;
  private final boolean[] found;

  private CodeScan(ConstantPool pool) {
    this.pool = pool;
    this.found = new boolean[pool.size()];
  }

  /** By number of its class entry: whether a field of that class is written. */
  static boolean[] ownersOfWrittenFields(ConstantPool pool) {
    CodeScan scan = new CodeScan(pool);
    int at = pool.interfacesAt();
    at += 2 + 2 * pool.u2(at);
    at = scan.members(at); // fields
    scan.members(at); // methods
    return scan.found;
  }

  private static byte[] lengths() {
    byte[] lengths = new byte[256];
    Arrays.fill(lengths, (byte) 1);
    for (int opcode : new int[] {16, 18, 21, 22, 23, 24, 25, 54, 55, 56, 57, 58, 169, 188}) {
      lengths[opcode] = 2; // bipush, ldc, loads, stores, ret, newarray
    }
    for (int opcode : new int[] {17, 19, 20, IINC, 187, 189, 192, 193, 198, 199}) {
      lengths[opcode] = 3; // sipush, ldc_w, ldc2_w, new, anewarray, checks, ifnull, ifnonnull
    }
    Arrays.fill(lengths, 153, 169, (byte) 3); // branches
    Arrays.fill(lengths, 178, 185, (byte) 3); // fields, methods
    lengths[197] = 4; // multianewarray
    for (int opcode : new int[] {185, 186, 200, 201}) {
      lengths[opcode] = 5; // invokeinterface, invokedynamic, goto_w, jsr_w
    }
    return lengths;
  }

  private int members(int start) {
    int at = start + 2;
    for (int i = pool.u2(start); i > 0; i--) {
      int attributes = pool.u2(at + MEMBER_HEADER);
      at += MEMBER_HEADER + 2;
      for (; attributes > 0; attributes--) {
        int body = at + ATTRIBUTE_HEADER;
        if (pool.isText(pool.u2(at), "Code")) {
          int code = body + CODE_HEADER;
          walk(code, code + pool.u4(code - 4));
        }
        at = body + pool.u4(at + 2);
      }
    }
    return at;
  }

  private void walk(int start, int end) {
    int at = start;
    while (at < end) {
      int opcode = pool.u1(at);
      switch (opcode) {
        case PUTFIELD -> {
          found[pool.owner(pool.u2(at + 1))] = true;
          at += 3;
        }
        case TABLESWITCH -> {
          int table = aligned(start, at);
          at = table + 12 + 4 * (pool.u4(table + 8) - pool.u4(table + 4) + 1);
        }
        case LOOKUPSWITCH -> {
          int table = aligned(start, at);
          at = table + 8 + 8 * pool.u4(table + 4);
        }
        case WIDE -> at += pool.u1(at + 1) == IINC ? 6 : 4;
        default -> at += LENGTHS[opcode];
      }
    }
  }

  /** Switches are padded to a multiple of four from the beginning of the code. */
  private static int aligned(int start, int at) {
    return start + ((at - start + 4) & -4);
  }
}
