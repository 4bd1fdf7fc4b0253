package dev.holdfast.agent.classfile;

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
  public static final int UTF8 = 1;
  static final int STRING = 8;
  public static final int METHOD_TYPE = 16;
  static final int INTEGER = 3;
  static final int NAME_AND_TYPE = 12;
  static final int INVOKE_DYNAMIC = 18;
  static final int LONG = 5;
  static final int DOUBLE = 6;
  public static final int CLASS = 7;
  public static final int FIELD_REF = 9;
  public static final int METHOD_REF = 10;
  public static final int INTERFACE_METHOD_REF = 11;
  public static final int METHOD_HANDLE = 15;

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
        case CLASS, STRING, METHOD_TYPE, 19, 20 -> at += 3; // and module, package
        case METHOD_HANDLE -> at += 4;
        case INTEGER, 4, FIELD_REF, METHOD_REF, INTERFACE_METHOD_REF -> at += 5;
        case NAME_AND_TYPE, 17, INVOKE_DYNAMIC -> at += 5; // and constant dynamic
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
  public int tag(int entry) {
    return starts[entry] == 0 ? 0 : bytes[starts[entry]];
  }

  public int majorVersion() {
    return u2(MAJOR);
  }

  public int access() {
    return u2(end);
  }

  /** Whether the class is an enum, not one constant's own class. */
  public boolean isEnum() {
    return (access() & ACC_ENUM) != 0 && "java/lang/Enum".equals(superName());
  }

  /** The number of this class's own class entry. */
  public int thisEntry() {
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
  public int owner(int entry) {
    return first(entry);
  }

  /** For a field or method: whether it bears this name. */
  public boolean isNamed(int entry, String name) {
    return isUtf8(first(nameAndType(entry)), name);
  }

  /** For a field, method or call site: its name. */
  public String name(int entry) {
    return utf8(first(nameAndType(entry)));
  }

  /** For a field: whether its values take two words. */
  public boolean isWide(int entry) {
    return Words.ofField(this, descriptorEntry(entry)) == 2;
  }

  /** For a field, method or call site: its descriptor. */
  public String descriptor(int entry) {
    return utf8(second(nameAndType(entry)));
  }

  /** For a class entry. */
  public boolean classNameStartsWith(int entry, String asciiPrefix) {
    return startsWith(first(entry), asciiPrefix);
  }

  /** Whether any constant has this within its text. */
  public boolean containsText(String ascii) {
    return text().contains(ascii);
  }

  /** Whether one of the constants is this text. */
  public boolean hasText(String ascii) {
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

  /** The bytes of the file behind the pool, likewise. */
  public String textBehind() {
    return new String(bytes, end, bytes.length - end, StandardCharsets.ISO_8859_1);
  }

  /** Whether an entry is this text. */
  public boolean isText(int entry, String ascii) {
    return tag(entry) == UTF8 && isUtf8(entry, ascii);
  }

  /** For a method type: its descriptor. */
  public String methodType(int entry) {
    return utf8(first(entry));
  }

  /** The text of a text entry. */
  public String text(int entry) {
    return utf8(entry);
  }

  /** For a method handle: what kind it is, as the JVM numbers them. */
  public int handleKind(int entry) {
    return u1(starts[entry] + 1);
  }

  /** For a method handle: the field or method. */
  public int handleTarget(int entry) {
    return u2(starts[entry] + 2);
  }

  /** For a field, method or call site: the number of its name's entry. */
  int nameEntry(int entry) {
    return first(nameAndType(entry));
  }

  /** For a field, method or call site: the number of its descriptor's entry. */
  int descriptorEntry(int entry) {
    return second(nameAndType(entry));
  }

  /** For a call site: the number of its name-and-type entry. */
  int nameAndTypeEntry(int entry) {
    return nameAndType(entry);
  }

  /** For a call site: the number of its bootstrap method. */
  public int bootstrap(int entry) {
    return first(entry);
  }

  /** For a text: where its bytes begin. */
  int textAt(int entry) {
    return starts[entry] + 3;
  }

  /** Where in the file the pool ends and the access flags stand. */
  int end() {
    return end;
  }

  /** The whole file; not to be changed. */
  public byte[] bytes() {
    return bytes;
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
