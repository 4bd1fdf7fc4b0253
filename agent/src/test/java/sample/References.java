package sample;

import java.io.Serializable;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/** Constructor references. */
public class References implements Supplier<Object> {
  /** A lambda that can be serialized. */
  interface Made extends Supplier<Point>, Serializable {}

  /** An interface of primitives that needs adapting. */
  private interface Boxed {
    Object make(Integer x);
  }

  @Override
  public Object get() {
    List<Object> made = new ArrayList<>();
    Supplier<Point> plain = Point::new;
    IntFunction<Point> number = Point::new;
    Function<Integer, SubPoint> unboxing = SubPoint::new;
    Boxed own = Point::new;
    Made serializable = Point::new;
    made.add(plain.get());
    made.add(number.apply(3));
    made.add(unboxing.apply(4));
    made.add(own.make(5));
    made.add(serializable.get());
    return made;
  }

  /** The trace of a constructor that throws. */
  public static StackTraceElement[] failure() {
    IntFunction<Point> number = Point::new;
    try {
      throw new AssertionError(number.apply(-1));
    } catch (NegativeArraySizeException e) {
      return e.getStackTrace();
    }
  }
}
