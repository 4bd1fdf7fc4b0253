package dev.holdfast.endtoend.fuzz;

import dev.holdfast.endtoend.fuzz.model.Broad;
import dev.holdfast.endtoend.fuzz.model.Cell;
import dev.holdfast.endtoend.fuzz.model.Common;
import dev.holdfast.endtoend.fuzz.model.Fragile;
import dev.holdfast.endtoend.fuzz.model.Hue;
import dev.holdfast.endtoend.fuzz.model.Leaf;
import dev.holdfast.endtoend.support.Check;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Field;
import java.util.Objects;
import java.util.SplittableRandom;
import java.util.function.LongFunction;

/** The random steps of one thread. It alone writes its cells, all write the common ones. */
@SuppressWarnings("EnumOrdinal") // odd on purpose
final class Script {
  private static final int CELLS = 48;
  private static final Field NUMBER = field("number");
  private static final Field NEXT = field("next");
  private static final VarHandle BIG = handle();

  private final SplittableRandom random;
  private final Outside outside;
  private final Common[] common;
  private final Cell[] cells = new Cell[CELLS];
  private long lastId;

  Script(long seed, int number, Common[] common, Outside outside) {
    this.random = new SplittableRandom(seed + number);
    this.common = common;
    this.outside = outside;
    this.lastId = number * 1_000_000_000L;
    for (int i = 0; i < CELLS; i++) {
      cells[i] = new Cell(++lastId);
    }
  }

  Cell[] cells() {
    return cells;
  }

  void run(int steps) {
    for (int i = 0; i < steps; i++) {
      step();
    }
  }

  private void step() {
    int at = random.nextInt(CELLS);
    Cell cell = cells[at];
    switch (random.nextInt(16)) {
      case 0, 1 -> cells[at] = newborn(at);
      case 2, 3 -> write(cell);
      case 4 -> link(cell);
      case 5 -> cells[at] = any().clone();
      case 6 -> reflect(cell);
      case 7 -> cells[at] = stream(cell);
      case 8 -> fail(at);
      case 9, 10 -> outside.offer(random.nextInt(Outside.PLACES), cell);
      case 11 -> outside.take(random.nextInt(Outside.PLACES));
      case 12 -> outside.lookAt(cell);
      case 13, 14 -> share(common[random.nextInt(common.length)]);
      default -> elsewhere();
    }
  }

  private Cell any() {
    return cells[random.nextInt(CELLS)];
  }

  private Cell newborn(int at) {
    long id = ++lastId;
    LongFunction<Cell> maker = random.nextBoolean() ? Leaf::new : Broad::new;
    return switch (random.nextInt(6)) {
      case 0 -> new Leaf(id);
      case 1 -> new Broad(id);
      case 2 -> new Fragile(id, cells, at, false);
      case 3 -> maker.apply(id);
      case 4 -> reflected(id);
      default -> new Cell(id);
    };
  }

  private static Cell reflected(long id) {
    try {
      return Leaf.class.getConstructor(long.class).newInstance(id);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }

  private void write(Cell cell) {
    switch (random.nextInt(10)) {
      case 0 -> cell.truth = !cell.truth;
      case 1 -> cell.small = (byte) random.nextInt();
      case 2 -> cell.letter = (char) random.nextInt();
      case 3 -> cell.half = (short) random.nextInt();
      case 4 -> cell.number = random.nextInt();
      case 5 -> cell.big += random.nextLong();
      case 6 -> cell.real = (float) random.nextDouble();
      case 7 -> cell.precise = random.nextDouble();
      case 8 -> cell.hue = hue();
      default -> {
        if (cell instanceof Leaf leaf) {
          leaf.more++;
        } else if (cell instanceof Broad broad) {
          broad.d42 = random.nextDouble();
        }
      }
    }
  }

  private Hue hue() {
    int hue = random.nextInt(4);
    return hue == 3 ? null : Hue.values()[hue];
  }

  private void link(Cell cell) {
    Cell target = random.nextInt(4) == 0 ? null : any();
    switch (random.nextInt(4)) {
      case 0 -> cell.any = random.nextBoolean() ? "text" : new Cell(++lastId);
      case 1 -> {
        if (cell instanceof Leaf leaf) {
          leaf.child = target instanceof Leaf child ? child : new Leaf(++lastId);
          leaf.child.child = random.nextBoolean() ? leaf : null;
        }
      }
      default -> {
        cell.next = target;
        if (target != null && random.nextBoolean()) {
          target.next = null; // so that chains end
        }
      }
    }
  }

  private void reflect(Cell cell) {
    try {
      switch (random.nextInt(3)) {
        case 0 -> NUMBER.setInt(cell, random.nextInt());
        case 1 -> NEXT.set(cell, any());
        default -> BIG.setVolatile(cell, random.nextLong());
      }
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
    outside.sync(cell);
  }

  private static Cell stream(Cell cell) {
    ByteArrayOutputStream bytes = new ByteArrayOutputStream();
    try (ObjectOutputStream out = new ObjectOutputStream(bytes)) {
      out.writeObject(cell);
      return (Cell)
          new ObjectInputStream(new ByteArrayInputStream(bytes.toByteArray())).readObject();
    } catch (IOException | ClassNotFoundException e) {
      throw new AssertionError(e);
    }
  }

  /** What a failed constructor has shown lives on. */
  private void fail(int at) {
    try {
      cells[at] = new Fragile(++lastId, cells, at, true);
    } catch (IllegalStateException e) {
      cells[at].number++;
    }
  }

  private void share(Common shared) {
    switch (random.nextInt(6)) {
      case 0 -> shared.count = random.nextInt();
      case 1 -> shared.value = random.nextLong();
      case 2 -> shared.ratio = random.nextDouble();
      case 3 -> shared.tint = hue();
      case 4 -> shared.link = random.nextInt(4) == 0 ? null : stream(any());
      default -> shared.thing = random.nextBoolean() ? any() : null;
    }
    if (random.nextInt(8) == 0) {
      outside.offer(random.nextInt(Outside.PLACES), shared);
    }
  }

  /** A thread that goes at once leaves an open cohort behind. */
  private void elsewhere() {
    if (random.nextInt(16) != 0) {
      Cell garbage = new Cell(++lastId);
      garbage.next = any();
      return;
    }
    Check.inThread("short-lived", () -> run(3));
  }

  /** A number that follows from all that this thread alone has written. */
  long digest() {
    long digest = lastId;
    for (Cell cell : cells) {
      digest = digest * 31 + Objects.hash(cell.getClass().getName(), cell.id, cell.check);
      digest = digest * 31 + Objects.hash(cell.truth, cell.small, cell.letter, cell.half);
      digest = digest * 31 + Objects.hash(cell.number, cell.big, cell.real, cell.precise);
      digest = digest * 31 + Objects.hash(String.valueOf(cell.hue), name(cell.next));
      digest = digest * 31 + name(cell.any).hashCode();
      if (cell instanceof Leaf leaf) {
        digest = digest * 31 + Objects.hash(leaf.more, name(leaf.child));
      } else if (cell instanceof Broad broad) {
        digest = digest * 31 + Objects.hash(broad.d00, broad.d42, broad.d73);
      } else if (cell instanceof Fragile fragile) {
        digest = digest * 31 + fragile.late;
      }
    }
    return digest;
  }

  private static String name(Object object) {
    return object instanceof Cell cell ? "cell " + cell.id : String.valueOf(object);
  }

  private static Field field(String name) {
    try {
      return Cell.class.getField(name);
    } catch (NoSuchFieldException e) {
      throw new AssertionError(e);
    }
  }

  private static VarHandle handle() {
    try {
      return MethodHandles.lookup().findVarHandle(Cell.class, "big", long.class);
    } catch (ReflectiveOperationException e) {
      throw new LinkageError(e.getMessage(), e);
    }
  }
}
