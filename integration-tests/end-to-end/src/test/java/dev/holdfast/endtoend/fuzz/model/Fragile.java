package dev.holdfast.endtoend.fuzz.model;

/** Shows itself before it is complete, and may never be. */
public final class Fragile extends Cell {
  private static final long serialVersionUID = 1;

  public long late;

  /**
   * @throws IllegalStateException if it is to fail, after {@code where[at]} has been set
   */
  public Fragile(long id, Cell[] where, int at, boolean fails) {
    super(id);
    where[at] = this;
    number = at;
    next = where[0];
    if (fails) {
      throw new IllegalStateException("as planned");
    }
    late = id;
    any = this;
  }
}
