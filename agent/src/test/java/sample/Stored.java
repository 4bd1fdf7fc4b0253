package sample;

import java.io.Serializable;

/** Serializable, with the default {@code serialVersionUID}, and with much that it depends on. */
public class Stored implements Serializable, Cloneable {
  int number;
  private String text;
  transient Object skipped;
  static int count;

  static {
    count = 1;
  }

  public Stored(int number) {
    this.number = number;
  }

  public Stored copy() throws CloneNotSupportedException {
    Stored copy = (Stored) clone();
    copy.text = text + skipped;
    return copy;
  }

  /** A nested one. */
  protected static class Kind extends Stored {
    long own = 1;

    Kind() {
      super(2);
    }
  }
}
