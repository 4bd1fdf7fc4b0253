package sample;

import java.time.DayOfWeek;
import java.util.function.Supplier;

/** Kinds of classes. */
public class Shapes implements Supplier<Object> {
  /** A record. */
  public record Pair(int left, Object right) {}

  /** An enum with bodies, whose constants are objects of managed classes too. */
  public enum Colour {
    RED {
      @Override
      int code() {
        return 1;
      }
    },
    BLUE;

    final int weight = name().length();

    int code() {
      return 0;
    }
  }

  /** Fields whose static types are enums. */
  public static class Painted {
    Colour colour = Colour.RED;
    DayOfWeek day;
    Thread.State state;
    String text;
    transient volatile int version;
  }

  /** Captures its outer object before the superclass's constructor is called. */
  public class Inner extends Point {
    final int captured;

    Inner(int captured) {
      super(captured);
      this.captured = captured;
    }

    Shapes outer() {
      return Shapes.this;
    }
  }

  /** Never managed. */
  public interface Marker {
    Point ORIGIN = new Point();

    default Point origin() {
      return new Point(ORIGIN.x);
    }
  }

  @Override
  public Object get() {
    int local = 3;
    Marker anonymous =
        new Marker() {
          final int kept = local;

          @Override
          public String toString() {
            return "kept " + kept;
          }
        };
    Painted painted = new Painted();
    painted.colour = Colour.BLUE;
    painted.day = DayOfWeek.MONDAY;
    return new Object[] {
      new Pair(1, "r"), new Inner(2), anonymous, anonymous.origin(), painted, Colour.RED.code()
    };
  }
}
