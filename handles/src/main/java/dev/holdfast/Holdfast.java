package dev.holdfast;

/** Entry point of the public API. */
public final class Holdfast {
  private Holdfast() {}
}
