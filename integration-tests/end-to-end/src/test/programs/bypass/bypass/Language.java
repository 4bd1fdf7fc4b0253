package bypass;

import java.util.ArrayList;
import java.util.List;
import java.util.function.BiFunction;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;
import java.util.stream.Collectors;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/** Shapes of the language. */
final class Language {
  private int depth;
  private final StringBuilder trace = new StringBuilder();

  record Range<T extends Comparable<T>>(T low, T high) {
    static int made;

    Range {
      made++;
      if (low.compareTo(high) > 0) {
        throw new IllegalArgumentException(low + " > " + high);
      }
    }

    Range(T only) {
      this(only, only);
    }
  }

  class Inner {
    int level = ++depth;

    class Deeper extends Inner {
      String path = Inner.this.level + "/" + level + "/" + depth;
    }
  }

  abstract static class Template {
    int seen = hook();

    abstract int hook();
  }

  static class Leaky {
    static final List<Leaky> ALL = new ArrayList<>();
    int value = 1;

    Leaky(int fail) {
      ALL.add(this);
      value = 2;
      if (fail > 0) {
        throw new IllegalStateException("after the leak");
      }
      value = 3;
    }
  }

  static void run() throws Exception {
    new Language().all();
  }

  private void all() {
    records();
    Inner inner = new Inner();
    Inner.Deeper deeper = inner.new Deeper();
    System.out.println(deeper.path + " " + new Language().new Inner().level);
    locals(4);
    System.out.println(Stream.of("b", "a").map(Range<String>::new).collect(Collectors.toList()));
    IntFunction<Leaky> leaky = Leaky::new;
    try {
      leaky.apply(1);
    } catch (IllegalStateException e) {
      System.out.println(e.getMessage() + " " + e.getStackTrace()[0]);
    }
    leaky.apply(0).value++;
    Leaky.ALL.forEach(one -> System.out.println(one.value));
    order();
    patterns();
    System.out.println(new Template() {
      int own = 6;

      @Override
      int hook() {
        return own + 1;
      }
    }.seen);
  }

  private static void records() {
    Range<Integer> range = new Range<>(1, 5);
    System.out.println(range + " " + range.equals(new Range<>(1, 5)) + " " + range.hashCode());
    try {
      System.out.println(new Range<>(5, 1));
    } catch (IllegalArgumentException e) {
      System.out.println(e.getMessage() + " " + Range.made);
    }
    for (var component : Range.class.getRecordComponents()) {
      System.out.println(component + " " + component.getGenericType());
    }
    for (Model.Size size : Model.Size.values()) {
      size.used += size.rank() + 1;
      System.out.println(size + " " + size.used + " " + size.getClass() + " " + size.getDeclaringClass());
    }
  }

  private void locals(int n) {
    class Local {
      int seen = n + depth;

      Local again() {
        return new Local();
      }
    }
    Supplier<Local> maker = Local::new;
    Local local = maker.get().again();
    local.seen *= 2;
    int[] counter = {0};
    Function<Integer, Supplier<Integer>> nested =
        a -> {
          local.seen += a;
          return () -> local.seen + n + counter[0]++;
        };
    System.out.println(nested.apply(3).get() + nested.apply(4).get());
    BiFunction<Integer, Double, Model.Wheel> wheel = Model.Wheel::new;
    System.out.println(wheel.andThen(Model.Wheel::spokes).apply(7, 1.0));
    IntFunction<Model.Wheel[]> wheels = Model.Wheel[]::new;
    System.out.println(wheels.apply(3).length);
    System.out.println(IntStream.range(0, 500).mapToObj(i -> new Range<>(i, i + n))
        .filter(r -> r.high() % 7 == 0).mapToInt(Range::low).sum());
  }

  private int traced(int value) {
    trace.append(value).append(' ');
    return value;
  }

  /** Operands, then the constructor, then the exception: in that order. */
  private void order() {
    int[] array = new int[1];
    try {
      array[traced(3)] = new Language().depth = traced(4);
    } catch (ArrayIndexOutOfBoundsException e) {
      trace.append(e.getMessage());
    }
    Language none = traced(5) > 9 ? this : null;
    try {
      none.depth = traced(6);
    } catch (NullPointerException e) {
      trace.append(e.getMessage());
    }
    try {
      none.depth += traced(7);
    } catch (NullPointerException e) {
      trace.append(e.getMessage());
    }
    Object wrong = trace;
    try {
      ((Language) wrong).depth = traced(8);
    } catch (ClassCastException e) {
      trace.append(e.getMessage());
    }
    try {
      new Range<>(traced(9), Integer.valueOf(traced(10) / (depth - depth)));
    } catch (ArithmeticException e) {
      trace.append(e.getStackTrace()[0]);
    }
    System.out.println(trace);
  }

  private static void patterns() {
    for (Object o : new Object[] {new Model.Wheel(1, 2), new Model.Frame("b", null), "s"}) {
      String text =
          o instanceof Model.Wheel w && w.spokes() > 0
              ? "wheel " + w.spokes()
              : o instanceof Model.Part p ? "part" : "none";
      System.out.println(text);
    }
  }
}
