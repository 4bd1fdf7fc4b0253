package dev.holdfast.agent.options;

/**
 * One pattern of {@code include} or {@code exclude}, matched against binary class names.
 *
 * <p>{@code *} stands for any characters but dots: classes of one package, nested ones too. {@code
 * **} stands for any characters: packages of any depth. {@code **.} in front of a name also stands
 * for no package at all. Everything else stands for itself. Matched by hand, because {@code
 * java.util.regex} is slow to start.
 */
public final class NamePattern {
  /** What {@code **} is kept as, so that every wildcard is one character. */
  private static final char DEEP = '\u0001';

  private final String text;
  private final String glob;
  private final String literal;

  private NamePattern(String text) {
    this.text = text;
    this.glob = text.replace("**", String.valueOf(DEEP)).replace('.', '/');
    int end = 0;
    while (end < glob.length() && glob.charAt(end) != '*' && glob.charAt(end) != DEEP) {
      end++;
    }
    this.literal = glob.substring(0, end);
  }

  /**
   * Parses one pattern.
   *
   * @throws IllegalArgumentException if no class name could ever match; the message says why
   */
  public static NamePattern parse(String text) {
    if (text.isEmpty()) {
      throw new IllegalArgumentException("empty pattern");
    }
    if (text.contains("***")) {
      throw new IllegalArgumentException("'" + text + "': more than two * in a row");
    }
    if (text.startsWith(".") || text.endsWith(".") || text.contains("..")) {
      throw new IllegalArgumentException("'" + text + "': empty package name");
    }
    for (int i = 0; i < text.length(); i++) {
      char c = text.charAt(i);
      // some are parts of identifiers, but in no name that is typed
      if (Character.isISOControl(c)) {
        throw new IllegalArgumentException(
            String.format("control character U+%04X at %d", (int) c, i));
      }
      if (c != '.' && c != '*' && c != '-' && !Character.isJavaIdentifierPart(c)) {
        throw new IllegalArgumentException("'" + text + "': '" + c + "' is in no class name");
      }
    }
    return new NamePattern(text);
  }

  /** Whether it matches a name in the class file's spelling, {@code a/b/C$D}. */
  public boolean matches(String internalName) {
    return internalName.startsWith(literal)
        && (matches(glob, internalName)
            || (glob.startsWith(DEEP + "/") && matches(glob.substring(2), internalName)));
  }

  /** Steps through the pattern with the set of all places in the name that it may have come to. */
  private static boolean matches(String glob, String name) {
    boolean[] reached = new boolean[name.length() + 1];
    reached[0] = true;
    for (int g = 0; g < glob.length(); g++) {
      char c = glob.charAt(g);
      if (c == '*' || c == DEEP) {
        for (int i = 0; i < name.length(); i++) {
          reached[i + 1] |= reached[i] && (c == DEEP || name.charAt(i) != '/');
        }
      } else {
        for (int i = name.length(); i > 0; i--) {
          reached[i] = reached[i - 1] && name.charAt(i - 1) == c;
        }
        reached[0] = false;
      }
    }
    return reached[name.length()];
  }

  /** What stands before the first wildcard, in the class file's spelling. */
  String literalPrefix() {
    return literal;
  }

  @Override
  public String toString() {
    return text;
  }
}
