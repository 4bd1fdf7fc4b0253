package sample;

/** A managed class whose constructor lets {@code this} out. */
public class Leaky {
  static Leaky last;
  public int before;
  public int after;

  public Leaky() {
    before = 1;
    last = this;
    after = 2;
  }
}
