package dev.holdfast.endtoend.fuzz.model;

/** A subclass, whose fields also streams carry. */
public class Leaf extends Cell {
  private static final long serialVersionUID = 1;

  public int more;
  public Leaf child;

  public Leaf(long id) {
    super(id);
    more = (int) id;
  }
}
