package dev.holdfast.libraries.model;

public final class Task {
  public int runs;
}
