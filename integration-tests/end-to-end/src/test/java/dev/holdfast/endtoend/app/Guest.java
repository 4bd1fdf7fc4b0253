package dev.holdfast.endtoend.app;

import java.util.function.Function;
import java.util.function.Supplier;

/**
 * What {@link Loaders} loads several times. Does what a program does, with nothing but {@code
 * java.*}: allocates, writes, clones, refers to constructors.
 */
@SuppressWarnings("unused") // fields that only C reads
public final class Guest implements Function<Integer, Object[]> {
  private int count;
  private Part part;

  private static final class Part implements Cloneable {
    private long number;
    private Part next;

    @Override
    public Part clone() {
      try {
        return (Part) super.clone();
      } catch (CloneNotSupportedException e) {
        throw new AssertionError(e);
      }
    }
  }

  private record Point(int x, int y) {}

  /** Five objects; the second is a part with this number. */
  @Override
  public Object[] apply(Integer number) {
    count += number;
    part = new Part();
    part.number = number;
    Supplier<Part> maker = Part::new;
    part.next = maker.get();
    part.next.number = 2L * number;
    Part copy = part.clone();
    copy.number = 3L * number;
    return new Object[] {this, part, part.next, copy, new Point(count, -number)};
  }
}
