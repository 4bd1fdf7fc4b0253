package dev.holdfast.libraries.model;

/** Equal by value. */
public record Key(int number, String text) {
  public static Key of(int number) {
    return new Key(number, "key " + number);
  }
}
