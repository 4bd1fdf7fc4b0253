package dev.holdfast.agent.options;

import java.util.ArrayList;
import java.util.List;

/**
 * The class names that the user selected: those that an {@code include} pattern matches and no
 * {@code exclude} pattern.
 *
 * <p>Names of the JDK and of Holdfast are never selected: a pattern made for them is refused, and a
 * wide one such as {@code **} passes over them.
 */
public final class Selection {
  /** Selects nothing. */
  public static final Selection NONE = new Selection(List.of(), List.of());

  private static final String OWN = "dev/holdfast/";

  /** Packages under {@link #OWN} that are Holdfast itself; others are demos, tests, benchmarks. */
  private static final String[] OWN_PACKAGES = {
    "agent", "arena", "call", "collect", "hook", "jna", "layout", "shaded", "space", "stats",
    "table"
  };

  private static final String[] JDK_PREFIXES = {"java/", "jdk/", "sun/"};

  private final List<NamePattern> include;
  private final List<NamePattern> exclude;
  private final List<String> prefixes;

  private Selection(List<NamePattern> include, List<NamePattern> exclude) {
    this.include = List.copyOf(include);
    this.exclude = List.copyOf(exclude);
    List<String> found = new ArrayList<>();
    for (NamePattern pattern : include) {
      found.add(ascii(pattern.literalPrefix()));
    }
    this.prefixes = List.copyOf(found);
  }

  /**
   * Parses the values of both options.
   *
   * @param include patterns with {@code :} between, or null
   * @param exclude patterns with {@code :} between, or null
   * @throws OptionException if a pattern cannot be followed
   */
  public static Selection parse(String include, String exclude) {
    List<NamePattern> included = patterns("include", include);
    for (NamePattern pattern : included) {
      String prefix = pattern.literalPrefix();
      if (isReserved(prefix)) {
        throw OptionException.of(
            "include",
            pattern.toString(),
            "classes of the JDK and of Holdfast have no mirrors",
            "patterns outside java, jdk, sun and dev.holdfast");
      }
    }
    return new Selection(included, patterns("exclude", exclude));
  }

  private static List<NamePattern> patterns(String key, String value) {
    List<NamePattern> patterns = new ArrayList<>();
    if (value == null) {
      return patterns;
    }
    for (String text : value.split(":", -1)) {
      try {
        patterns.add(NamePattern.parse(text));
      } catch (IllegalArgumentException e) {
        throw OptionException.of(
            key,
            value,
            e.getMessage(),
            "class names with * for one package or ** for any depth, and : between");
      }
    }
    return patterns;
  }

  /** Whether nothing is selected, whatever the application loads. */
  public boolean isEmpty() {
    return include.isEmpty();
  }

  /** Whether this name is selected. The class file's spelling, {@code a/b/C$D}. */
  public boolean matches(String internalName) {
    return anyMatches(include, internalName)
        && !anyMatches(exclude, internalName)
        && !isReserved(internalName);
  }

  /** As far as it is the same text in a class file. */
  private static String ascii(String prefix) {
    int end = 0;
    while (end < prefix.length() && prefix.charAt(end) < 0x80) {
      end++;
    }
    return prefix.substring(0, end);
  }

  /** What every selected name begins with one of, in ASCII; empty if it may begin anyhow. */
  public List<String> literalPrefixes() {
    return prefixes;
  }

  private static boolean anyMatches(List<NamePattern> patterns, String internalName) {
    for (NamePattern pattern : patterns) {
      if (pattern.matches(internalName)) {
        return true;
      }
    }
    return false;
  }

  /** Whether the name belongs to the JDK's own or to Holdfast's packages. */
  public static boolean isReserved(String internalName) {
    for (String prefix : JDK_PREFIXES) {
      if (internalName.startsWith(prefix)) {
        return true;
      }
    }
    return isOwn(internalName);
  }

  /** Whether it is a class of Holdfast itself. */
  public static boolean isOwn(String internalName) {
    if (!internalName.startsWith(OWN)) {
      return false;
    }
    int end = internalName.indexOf('/', OWN.length());
    if (end < 0) {
      return true;
    }
    String packageName = internalName.substring(OWN.length(), end);
    for (String own : OWN_PACKAGES) {
      if (own.equals(packageName)) {
        return true;
      }
    }
    return false;
  }

  @Override
  public String toString() {
    return "include=" + include + ", exclude=" + exclude;
  }
}
