package dev.holdfast.endtoend.app;

import dev.holdfast.Holdfast;
import dev.holdfast.endtoend.support.Check;

/** Holdfast runs, and the program uses nothing of it but this question. */
public final class Quiet {
  private Quiet() {}

  static final class Item {
    int number = 4;
  }

  public static void main(String[] args) {
    Item item = new Item();
    item.number++;
    Check.that(Holdfast.isActive(), "active");
    Check.that(Holdfast.isManaged(item), "managed");
  }
}
