package dev.holdfast.endtoend.app;

import dev.holdfast.Holdfast;
import dev.holdfast.endtoend.support.Check;
import java.io.ObjectStreamClass;
import java.io.Serializable;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.List;

/** Holdfast is switched off or could not start: the program runs as if it were not there. */
public final class Inactive {
  private Inactive() {}

  static class Item implements Serializable, Cloneable {
    int number = 4;
    Item next;

    Item copy() throws CloneNotSupportedException {
      return (Item) clone();
    }
  }

  public static void main(String[] args) throws Exception {
    Check.agentHasStarted();
    Item item = new Item();
    item.next = item.copy();
    item.next.number = 5;
    Check.equal(4, item.number, "number");
    Check.equal(5, item.next.number, "number of the copy");
    ObjectStreamClass.lookup(Item.class);
    String[] fields =
        Arrays.stream(Item.class.getDeclaredFields()).map(Field::getName).toArray(String[]::new);
    Check.equal(new String[] {"number", "next"}, fields, "fields");
    // The agent's jar is on the class path all the same.
    Check.that(!Holdfast.isActive(), "not active");
    if (args.length > 0) {
      Check.that(!Holdfast.isManaged(item), "not managed");
      Check.equal(List.of(), Holdfast.verify(item), "nothing to verify");
    }
  }
}
