package versions;

/** Java 25: flexible constructor bodies, patterns, and what else is not in 17. */
public final class Newest {
  static class Base {
    final int seen;

    Base(int value) {
      seen = value;
      hook();
    }

    void hook() {}
  }

  static final class Derived extends Base {
    final int own;
    Derived other;

    Derived(int value) {
      if (value < 0) {
        throw new IllegalArgumentException("negative: " + value);
      }
      own = value * 2;
      other = value > 3 ? new Derived(value - 1) : null;
      super(value + 1);
    }

    @Override
    void hook() {
      System.out.println("own is set: " + own);
    }
  }

  sealed interface Shape {}

  record Circle(double radius) implements Shape {}

  record Pair(Shape left, Shape right) implements Shape {}

  static double area(Shape shape) {
    return switch (shape) {
      case Circle(double r) when r > 100 -> -1;
      case Circle(double r) -> r * r;
      case Pair(var left, Pair(_, var far)) -> area(left) + area(far);
      case Pair(var left, var right) -> area(left) * area(right);
    };
  }

  public static void main(String[] args) {
    System.out.println(new Derived(6).other.own);
    try {
      System.out.println(new Derived(-1));
    } catch (IllegalArgumentException e) {
      System.out.println(e.getMessage() + " " + e.getStackTrace()[0]);
    }
    System.out.println(area(new Pair(new Circle(2), new Pair(new Circle(200), new Circle(3)))));
    System.out.println(area(new Pair(new Circle(2), new Circle(200))));
    ScopedValue.where(ScopedValue.newInstance(), new Circle(1)).run(() -> System.out.println("in"));
  }
}
