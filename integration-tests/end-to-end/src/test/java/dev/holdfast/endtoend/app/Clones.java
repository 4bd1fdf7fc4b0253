package dev.holdfast.endtoend.app;

import dev.holdfast.Handle;
import dev.holdfast.Holdfast;
import dev.holdfast.endtoend.outside.Animal;
import dev.holdfast.endtoend.support.Check;
import dev.holdfast.endtoend.support.Mirror;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Calendar;
import java.util.GregorianCalendar;
import java.util.HashMap;

/** Copies have mirrors of their own, whoever calls {@code Object.clone}. */
public final class Clones {
  private Clones() {}

  /** clone() is inherited from a class that is not managed. */
  static final class Sheep extends Animal {
    int wool;
    Sheep mother;

    Sheep(String name, int wool) {
      super(name);
      this.wool = wool;
    }
  }

  static class Cell implements Cloneable {
    int value;
    Cell next;

    Cell(int value) {
      this.value = value;
    }

    Cell copy() throws CloneNotSupportedException {
      return (Cell) clone();
    }

    Object raw() throws CloneNotSupportedException {
      return super.clone();
    }
  }

  /** Returns itself: no copy at all. */
  static final class Single implements Cloneable {
    int value = 1;

    @Override
    public Single clone() {
      return this;
    }
  }

  /** The JDK's own clone() of a managed class. */
  static final class Items extends ArrayList<String> {
    int limit = 3;
  }

  static final class Table extends HashMap<String, String> {
    long rows = 5;
  }

  static final class Date extends GregorianCalendar {
    int era = 2;
  }

  public static void main(String[] args) throws Exception {
    Sheep dolly = new Sheep("Dolly", 8);
    dolly.mother = new Sheep("Molly", 1);
    // Once without a handle, once with, because a counted original must stay itself.
    copies(dolly);
    try (Handle handle = Holdfast.handle(dolly)) {
      copies(dolly);
      Check.that(handle.get() == dolly, "the handle still names the original");
    }

    Cell cell = new Cell(4);
    cell.next = cell;
    Cell[] cells = {cell, cell.copy(), (Cell) cell.raw()};
    cells[1].value = 5;
    cells[2].value = 6;
    apart((Object[]) cells);
    Check.that(cells.clone()[1] == cells[1], "a cloned array holds the same objects");

    Single single = new Single();
    long bits = Holdfast.retain(single);
    Single same = single.clone();
    same.value = 3;
    apart(single);
    Check.that(Holdfast.take(bits, Single.class) == same, "no copy, no new handle");

    Items items = new Items();
    Items others = (Items) items.clone();
    others.limit = 7;
    Object more = ((ArrayList<String>) items).clone();
    ((Items) more).limit = 8;
    apart(items, others, more);

    Table table = new Table();
    Table tables = (Table) table.clone();
    tables.rows = 9;
    apart(table, tables);

    Date date = new Date();
    Calendar dates = (Calendar) date.clone();
    ((Date) dates).era = 4;
    apart(date, dates);
  }

  private static void copies(Sheep dolly) {
    Sheep one = (Sheep) dolly.clone();
    one.wool = 11;
    Sheep two = (Sheep) dolly.twin();
    two.wool = 12;
    two.mother = one;
    Animal three = dolly.clone();
    ((Sheep) three).wool = 13;
    Sheep four = (Sheep) one.clone();
    four.mother = four;
    apart(dolly, one, two, three, four);
  }

  private static void apart(Object... objects) {
    Mirror.checkAll(objects);
    long[] handles = Arrays.stream(objects).mapToLong(Holdfast::retain).toArray();
    Check.equal(
        (long) handles.length, Arrays.stream(handles).distinct().count(), "different handles");
    for (int i = 0; i < handles.length; i++) {
      Check.that(Holdfast.take(handles[i], Object.class) == objects[i], "each names its own");
    }
  }
}
