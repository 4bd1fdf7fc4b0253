package dev.holdfast.agent.rewrite;

import java.nio.charset.StandardCharsets;

/**
 * The constant pool of a class file, read in place: which names a class mentions, before anything
 * larger is loaded to look at it. Every class of the application passes through here, so it makes
 * one array and the strings that are asked for.
 *
 * <pre>
 *   u4 magic | u2 minor | u2 major | u2 count | entries 1 .. count-1 | u2 access | u2 this | u2 super | ...
 * </pre>
 */
public final class ConstantPool {
  static final int UTF8 = 1;
  static final int LONG = 5;
  static final int DOUBLE = 6;
  static final int CLASS = 7;
  static final int FIELD_REF = 9;
  static final int METHOD_REF = 10;
  static final int INTERFACE_METHOD_REF = 11;
  static final int METHOD_HANDLE = 15;

  private static final int MAJOR = 6;
  private static final int COUNT = 8;
  private static final int FIRST_ENTRY = 10;
  private static final int MAGIC = 0xCAFEBABE;

  // Not ASM's constant: the compiler would name its class in ours, though nothing uses it.
  private static final int ACC_ENUM = 0x4000;

  private final byte[] bytes;
  private final int[] starts;
  private final int end;
  private String text;

  /**
   * Reads the table of entries.
   *
   * @throws IndexOutOfBoundsException if the bytes end within the pool
   * @throws IllegalArgumentException if they are no class file, or one with unknown entries
   */
  public ConstantPool(byte[] bytes) {
    this.bytes = bytes;
    if (u4(0) != MAGIC) {
      throw new IllegalArgumentException("no class file");
    }
    starts = new int[u2(COUNT)];
    int at = FIRST_ENTRY;
    for (int i = 1; i < starts.length; i++) {
      starts[i] = at;
      int tag = bytes[at];
      switch (tag) {
        case UTF8 -> at += 3 + u2(at + 1);
        case LONG, DOUBLE -> {
          at += 9;
          i++; // takes two numbers
        }
        case CLASS, 8, 16, 19, 20 -> at += 3; // class, string, method type, module, package
        case METHOD_HANDLE -> at += 4;
        case 3, 4, FIELD_REF, METHOD_REF, INTERFACE_METHOD_REF, 12, 17, 18 -> at += 5;
        default -> throw new IllegalArgumentException("constant pool entry of kind " + tag);
      }
    }
    end = at;
    u2(end + 4);
  }

  /** The entry numbers are 1 to this, exclusive. */
  public int size() {
    return starts.length;
  }

  /** The kind of an entry; 0 for the second number of a long or double. */
  int tag(int entry) {
    return starts[entry] == 0 ? 0 : bytes[starts[entry]];
  }

  int majorVersion() {
    return u2(MAJOR);
  }

  int access() {
    return u2(end);
  }

  /** Whether the class is an enum, not one constant's own class. */
  boolean isEnum() {
    return (access() & ACC_ENUM) != 0 && "java/lang/Enum".equals(superName());
  }

  /** The number of this class's own class entry. */
  int thisEntry() {
    return u2(end + 2);
  }

  /** Where in the file the table of interfaces begins, and all that follows it. */
  int interfacesAt() {
    return end + 6;
  }

  /** This class's name, {@code a/b/C}. */
  public String thisName() {
    return className(u2(end + 2));
  }

  /** The superclass's name, or null. */
  public String superName() {
    int entry = u2(end + 4);
    return entry == 0 ? null : className(entry);
  }

  /** Names of the interfaces that the class itself names. */
  public String[] interfaceNames() {
    String[] names = new String[u2(end + 6)];
    for (int i = 0; i < names.length; i++) {
      names[i] = className(u2(end + 8 + 2 * i));
    }
    return names;
  }

  /** The name in a class entry, or null if the entry is of another kind. */
  public String className(int entry) {
    return tag(entry) == CLASS ? utf8(first(entry)) : null;
  }

  /** For a field or method: the number of its owner's class entry. */
  int owner(int entry) {
    return first(entry);
  }

  /** For a field or method: whether it bears this name. */
  boolean isNamed(int entry, String name) {
    return isUtf8(first(nameAndType(entry)), name);
  }

  /** For a field or method: its descriptor. */
  String descriptor(int entry) {
    return utf8(second(nameAndType(entry)));
  }

  /** For a class entry. */
  boolean classNameStartsWith(int entry, String asciiPrefix) {
    return startsWith(first(entry), asciiPrefix);
  }

  /** Whether any constant has this within its text. */
  boolean containsText(String ascii) {
    return text().contains(ascii);
  }

  /** Whether one of the constants is this text. */
  boolean hasText(String ascii) {
    int length = ascii.length();
    return text()
        .contains("" + (char) UTF8 + (char) (length >> 8) + (char) (length & 0xff) + ascii);
  }

  /**
   * The bytes of the pool, one in each character. To search a string is quick from the first class
   * on, because the JDK's search is compiled long before ours would be.
   */
  private String text() {
    if (text == null) {
      text = new String(bytes, FIRST_ENTRY, end - FIRST_ENTRY, StandardCharsets.ISO_8859_1);
    }
    return text;
  }

  /** Whether an entry is this text. */
  boolean isText(int entry, String ascii) {
    return tag(entry) == UTF8 && isUtf8(entry, ascii);
  }

  private int nameAndType(int entry) {
    return second(entry);
  }

  private int first(int entry) {
    return u2(starts[entry] + 1);
  }

  private int second(int entry) {
    return u2(starts[entry] + 3);
  }

  private boolean isUtf8(int entry, String ascii) {
    return u2(starts[entry] + 1) == ascii.length() && startsWith(entry, ascii);
  }

  private boolean startsWith(int entry, String ascii) {
    int at = starts[entry];
    int length = ascii.length();
    if (u2(at + 1) < length) {
      return false;
    }
    for (int i = 0; i < length; i++) {
      if (bytes[at + 3 + i] != ascii.charAt(i)) {
        return false;
      }
    }
    return true;
  }

  private String utf8(int entry) {
    int at = starts[entry] + 3;
    int length = u2(at - 2);
    for (int i = 0; i < length; i++) {
      if (bytes[at + i] < 0) {
        return modifiedUtf8(at, length);
      }
    }
    return new String(bytes, at, length, StandardCharsets.ISO_8859_1);
  }

  private String modifiedUtf8(int from, int length) {
    StringBuilder text = new StringBuilder(length);
    int at = from;
    while (at < from + length) {
      int b = bytes[at] & 0xff;
      if (b < 0x80) {
        text.append((char) b);
        at++;
      } else if (b < 0xe0) {
        text.append((char) (((b & 0x1f) << 6) | (bytes[at + 1] & 0x3f)));
        at += 2;
      } else {
        text.append(
            (char) (((b & 0xf) << 12) | ((bytes[at + 1] & 0x3f) << 6) | (bytes[at + 2] & 0x3f)));
        at += 3;
      }
    }
    return text.toString();
  }

  int u1(int at) {
    return bytes[at] & 0xff;
  }

  int u4(int at) {
    return (u2(at) << 16) | u2(at + 2);
  }

  int u2(int at) {
    return ((bytes[at] & 0xff) << 8) | (bytes[at + 1] & 0xff);
  }
}
