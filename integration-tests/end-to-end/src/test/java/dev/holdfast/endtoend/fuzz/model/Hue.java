package dev.holdfast.endtoend.fuzz.model;

/** An enum, which mirrors show as a number. */
public enum Hue {
  RED,
  GREEN,
  BLUE
}
