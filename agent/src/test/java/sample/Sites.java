package sample;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.Callable;
import java.util.function.Supplier;

/** Allocation sites of many shapes. */
public class Sites implements Supplier<Object> {
  /** Calls {@code super(new ...)} and {@code this(new ...)}. */
  static class Holder {
    final Point held;

    Holder(Point held) {
      this.held = held;
    }
  }

  /** Its constructors pass new objects on. */
  static class SubHolder extends Holder {
    SubHolder() {
      this(new Point(1));
    }

    SubHolder(Point first) {
      super(first.x == 1 ? new Point(2) : new SubPoint(3));
    }
  }

  private static Point failing(boolean fail) {
    try {
      return new Point(fail ? -1 : 1);
    } catch (NegativeArraySizeException e) {
      return null;
    }
  }

  private static void unused() {
    new Point(9);
  }

  private static Point choose(Object flag) {
    return new Point(flag == null ? 4 : new Point(5).x);
  }

  @Override
  public Object get() {
    List<Object> made = new ArrayList<>();
    made.add(new SubHolder());
    made.add(failing(true));
    made.add(failing(false));
    unused();
    made.add(choose(null));
    made.add(choose(made));
    for (int i = 0; i < 2; i++) {
      made.add(new Point(i));
    }
    Callable<Point> captured = () -> new Point(made.size());
    try {
      made.add(captured.call());
    } catch (Exception e) {
      throw new IllegalStateException(e);
    }
    return made;
  }
}
