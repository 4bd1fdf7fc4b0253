package dev.holdfast.agent.header;

import java.util.HashSet;
import java.util.Set;

/**
 * Turns Java names into C identifiers.
 *
 * <ul>
 *   <li>Letters, digits and {@code _} of ASCII stay, {@code $} becomes {@code _}, anything else
 *       {@code _uXXXX} (its code point); a leading digit gets a {@code _} before it.
 *   <li>A name that means something else to a C or C++ compiler gets a trailing {@code _}: see
 *       {@link ReservedNames}.
 *   <li>A name that is taken already in its scope gets as many trailing {@code _} as it needs.
 * </ul>
 */
final class CNames {
  private final Set<String> taken = new HashSet<>();

  /** The C identifier for a Java name, whatever else the scope holds. */
  static String identifier(String javaName) {
    StringBuilder name = new StringBuilder();
    javaName
        .codePoints()
        .forEach(
            point -> {
              if (point < 0x80 && (Character.isLetterOrDigit(point) || point == '_')) {
                name.appendCodePoint(point);
              } else if (point == '$') {
                name.append('_');
              } else {
                name.append(String.format("_u%04X", point));
              }
            });
    if (name.isEmpty() || Character.isDigit(name.charAt(0))) {
      name.insert(0, '_');
    }
    String plain = name.toString();
    return ReservedNames.contains(plain) ? plain + "_" : plain;
  }

  /** A free C identifier for a Java name in this scope, which is taken from now on. */
  String claim(String javaName) {
    String name = identifier(javaName);
    while (!taken.add(name) || ReservedNames.contains(name)) {
      name += "_";
    }
    return name;
  }

  /** Takes an identifier as it is; false if it was taken already. */
  boolean take(String name) {
    return taken.add(name);
  }
}
