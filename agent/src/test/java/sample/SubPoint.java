package sample;

/** Inherits all of its fields but one. */
public class SubPoint extends Point {
  long own;

  public SubPoint(int x) {
    super(x + 1);
    own = x;
  }
}
