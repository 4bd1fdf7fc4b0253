package dev.holdfast.endtoend.app;

import dev.holdfast.endtoend.support.Check;
import dev.holdfast.endtoend.support.Mirror;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Function;
import java.util.function.IntFunction;
import java.util.function.Supplier;

/**
 * Records, enums, nested, inner, local, anonymous and generic classes, with all kinds of fields.
 */
@SuppressWarnings({
  "unused",
  "HidingField",
  "NonAtomicVolatileUpdate",
  "AssignmentExpression"
}) // odd on purpose
public final class Shapes {
  private Shapes() {}

  @SuppressWarnings("ArrayRecordComponent")
  record Everything(
      boolean truth,
      byte small,
      char letter,
      short half,
      int number,
      long big,
      float real,
      double precise,
      Color color,
      Everything same,
      String text,
      int[] numbers) {}

  @SuppressWarnings({"EnumOrdinal", "ImmutableEnumChecker"})
  enum Color {
    RED,
    GREEN {
      @Override
      int mix() {
        return 2 * weight;
      }
    },
    BLUE;

    int weight = ordinal() + 10;

    int mix() {
      return weight;
    }
  }

  record Empty() {}

  /** Rejects what it does not like: then there is no object. */
  record Positive(int value) {
    Positive {
      if (value <= 0) {
        throw new IllegalArgumentException("not positive: " + value);
      }
    }
  }

  static class Node<T extends Comparable<T>> {
    T item;
    Node<T> next;
    volatile long stamp;
    protected final int born;

    Node(T item, Node<T> next, int born) {
      this.item = item;
      this.next = next;
      this.born = born;
    }

    void touch() {
      stamp++;
      stamp += 5;
      stamp = -stamp;
    }
  }

  static final class Ranked extends Node<Integer> implements Comparable<Ranked> {
    /** Hides the superclass's. */
    private long born = -7;

    private Color color = Color.BLUE;

    Ranked(Integer item, Node<Integer> next) {
      super(item, next, 4);
    }

    @Override
    public int compareTo(Ranked other) {
      return item.compareTo(other.item);
    }
  }

  abstract static class Wide0 {
    long a0 = 1, a1 = 2, a2 = 3, a3 = 4, a4 = 5, a5 = 6, a6 = 7, a7 = 8, a8 = 9, a9 = 10;
  }

  abstract static class Wide1 extends Wide0 {
    byte gap = 1;
    long b0 = 1, b1 = 2, b2 = 3, b3 = 4, b4 = 5, b5 = 6, b6 = 7, b7 = 8, b8 = 9, b9 = 10;
  }

  abstract static class Wide2 extends Wide1 {
    long c0 = 1, c1 = 2, c2 = 3, c3 = 4, c4 = 5, c5 = 6, c6 = 7, c7 = 8, c8 = 9, c9 = 10;
    double d0 = 1, d1 = 2, d2 = 3, d3 = 4, d4 = 5, d5 = 6, d6 = 7, d7 = 8, d8 = 9, d9 = 10;
    long e0 = 1, e1 = 2, e2 = 3, e3 = 4, e4 = 5, e5 = 6, e6 = 7, e7 = 8, e8 = 9, e9 = 10;
    double f0 = 1, f1 = 2, f2 = 3, f3 = 4, f4 = 5, f5 = 6, f6 = 7, f7 = 8, f8 = 9, f9 = 10;
    long g0 = 1, g1 = 2, g2 = 3, g3 = 4, g4 = 5, g5 = 6, g6 = 7, g7 = 8, g8 = 9, g9 = 10;
    double h0 = 1, h1 = 2, h2 = 3, h3 = 4, h4 = 5, h5 = 6, h6 = 7, h7 = 8, h8 = 9, h9 = 10;
    long i0 = 1, i1 = 2, i2 = 3, i3 = 4, i4 = 5, i5 = 6, i6 = 7, i7 = 8, i8 = 9, i9 = 10;
    double j0 = 1, j1 = 2, j2 = 3, j3 = 4, j4 = 5, j5 = 6, j6 = 7, j7 = 8, j8 = 9, j9 = 10;
    long k0 = 1, k1 = 2, k2 = 3, k3 = 4, k4 = 5, k5 = 6, k6 = 7, k7 = 8, k8 = 9, k9 = 10;
    double l0 = 1, l1 = 2, l2 = 3, l3 = 4, l4 = 5, l5 = 6, l6 = 7, l7 = 8, l8 = 9, l9 = 10;
    long m0 = 1, m1 = 2, m2 = 3, m3 = 4, m4 = 5, m5 = 6, m6 = 7, m7 = 8, m8 = 9, m9 = 10;
  }

  /** Over 1 KiB: has a cohort of its own. */
  static final class Wide extends Wide2 {
    Wide next;
    int last = 99;
  }

  private final class Inner {
    private int depth;
    private Shapes outer = Shapes.this;

    private Inner(int depth) {
      this.depth = depth;
    }
  }

  private interface Counter {
    int next();
  }

  public static void main(String[] args) {
    records();
    enums();
    generics();
    wide();
    new Shapes().nested();
    allocationsInExpressions(3);
  }

  private static void records() {
    Everything leaf =
        new Everything(
            true,
            (byte) -1,
            '\uffff',
            Short.MIN_VALUE,
            -5,
            Long.MIN_VALUE,
            -0.0f,
            Double.MAX_VALUE,
            Color.GREEN,
            null,
            "text",
            new int[] {1});
    Everything root =
        new Everything(
            false, (byte) 127, 'a', (short) 9, 6, 7, Float.NaN, 1e-300, null, leaf, null, null);
    Mirror.checkAll(root, leaf, new Empty());
    Check.equal(leaf, root.same(), "records work as ever");
    Check.equal(
        "Positive[value=3]", new Positive(3).toString(), "a record's text shows no hidden field");
    Check.equal(
        "not positive: 0",
        Check.fails(IllegalArgumentException.class, () -> positive(0)),
        "the exception");
    Mirror.check(positive(8));
  }

  private static Positive positive(int value) {
    return new Positive(value);
  }

  private static void enums() {
    Color.RED.weight = 77;
    Check.equal(22, Color.GREEN.mix(), "a constant with a body");
    Mirror.checkAll((Object[]) Color.values());
  }

  private static void generics() {
    Node<String> text = new Node<>("b", new Node<>("a", null, 1), 2);
    Ranked ranked = new Ranked(5, new Ranked(6, null));
    text.touch();
    ranked.touch();
    ranked.born = 12;
    ranked.item = 7;
    ranked.color = null;
    ranked.next.next = ranked;
    Mirror.checkAll(text, text.next, ranked, ranked.next);
    Comparable<Ranked> comparable = ranked;
    Check.that(comparable.compareTo(new Ranked(6, null)) > 0, "bridge methods");
    ranked.next = null;
    text.next = text;
    Mirror.checkAll(text, ranked);
  }

  private static void wide() {
    Wide first = new Wide();
    first.next = new Wide();
    first.next.next = first;
    first.next.m9 = -1;
    first.gap = 5;
    Mirror.checkAll(first, first.next);
  }

  private void nested() {
    Inner inner = new Inner(3);
    inner.depth += 4;
    class Local {
      int seen = inner.depth;
    }
    Local local = new Local();
    local.seen *= 2;
    Counter counter =
        new Counter() {
          private int count = local.seen;

          @Override
          public int next() {
            return ++count;
          }
        };
    Check.equal(15, counter.next(), "the anonymous class counts");
    Mirror.checkAll(this, inner, inner.outer, local, counter);
  }

  private static void allocationsInExpressions(int n) {
    Node<String> branch =
        new Node<>(n > 2 ? "yes" : "no", n > 5 ? null : new Node<>("x", null, n), n);
    Supplier<Empty> empty = Empty::new;
    IntFunction<Positive> positive = Positive::new;
    Function<Integer, Ranked> ranked = item -> new Ranked(item, null);
    List<Object> made = new ArrayList<>(List.of(branch, branch.next, empty.get()));
    made.add(positive.apply(n));
    made.add(ranked.apply(n));
    made.add(new Object[] {new Empty()}[0]);
    Node<String>[] nodes = nodes(n);
    for (int i = 0; i < nodes.length; i++) {
      made.add(nodes[i] = new Node<>("n" + i, i == 0 ? null : nodes[i - 1], i));
    }
    new Node<>("dropped", branch, 1).touch();
    Check.fails(IllegalArgumentException.class, () -> made.add(positive.apply(-1)));
    made.forEach(Mirror::check);
  }

  @SuppressWarnings("unchecked")
  private static Node<String>[] nodes(int n) {
    return (Node<String>[]) new Node<?>[n];
  }
}
