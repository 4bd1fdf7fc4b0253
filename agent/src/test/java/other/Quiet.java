package other;

import sample.SubPoint;

/**
 * Not selected by its name; inherits from a selected class, or deals with one that does, without
 * ever naming the selected class.
 */
public class Quiet {
  private Quiet() {}

  /** Inherits. */
  public static class Below extends SubPoint {
    int own;

    public Below() {
      super(1);
    }

    void set(int value) {
      own = value;
    }
  }

  /** Writes a field of another class that inherits. */
  public static class Writer {
    private Writer() {}

    public static void write(Below below) {
      below.own = 5;
    }
  }

  /** Makes an object of a class that inherits. */
  public static class Maker {
    private Maker() {}

    public static Object make() {
      return new Below();
    }
  }

  /** Has to do with no managed class at all, but reads fields of others. */
  public static class Stranger {
    private Stranger() {}

    public static Object look(Other other) {
      return other.field + Other.CONSTANT.hashCode();
    }
  }

  /** Not managed. */
  public static class Other {
    static final Object CONSTANT = new Object();
    int field;
  }
}
