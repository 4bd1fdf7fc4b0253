package dev.holdfast.layout;

import java.nio.charset.StandardCharsets;

/**
 * The 64-bit hash that tells whether two sides mean the same layout.
 *
 * <p>It is FNV-1a over the bytes of {@code holdfast-layout-1} and then, for each field in layout
 * order,
 *
 * <pre>
 *   declaring class, binary name (UTF-8) 00  field name (UTF-8) 00  kind (decimal) 00  offset (decimal) 0A
 * </pre>
 *
 * The state after each field is the fingerprint of the prefix that ends there. A header that was
 * generated before fields were appended therefore still carries the fingerprint of a prefix, and is
 * accepted. The superclass's fields come first and with its name, so they are a common prefix of
 * all its subclasses.
 *
 * <p>The hash guards against mistakes, not against an adversary.
 */
public final class Fingerprint {
  /** Of a class without fields: before any field. */
  public static final long BASE = feed(0xcbf29ce484222325L, "holdfast-layout-1");

  private static final long PRIME = 0x100000001b3L;

  private Fingerprint() {}

  /** The fingerprint of the prefix {@code before}, followed by one more field. */
  public static long extend(
      long before, String declaringClass, String name, FieldKind kind, int offset) {
    long state = feed(feed(before, declaringClass), 0);
    state = feed(feed(state, name), 0);
    state = feed(feed(state, Integer.toString(kind.code())), 0);
    return feed(feed(state, Integer.toString(offset)), '\n');
  }

  /**
   * What an {@code hf_field} carries of the fingerprint of the prefix that ends with its field: the
   * low half, never 0, because 0 marks the offsets at which no field begins.
   */
  public static int check(long prefix) {
    int low = (int) prefix;
    return low == 0 ? 1 : low;
  }

  private static long feed(long state, String text) {
    for (byte b : text.getBytes(StandardCharsets.UTF_8)) {
      state = feed(state, b & 0xff);
    }
    return state;
  }

  private static long feed(long state, int octet) {
    return (state ^ octet) * PRIME;
  }
}
