package dev.holdfast.endtoend.fuzz.model;

import java.io.Serializable;

/** One field of each kind. One thread writes it; C may read it at any time. */
public class Cell implements Cloneable, Serializable {
  private static final long serialVersionUID = 1;

  /** Never changes, and {@link #check} follows from it: C looks at both. */
  public final long id;

  public final long check;
  public boolean truth;
  public byte small;
  public char letter;
  public short half;
  public int number;
  public long big;
  public float real;
  public double precise;
  public Hue hue;
  public transient Cell next;
  public transient Object any;

  public Cell(long id) {
    this.id = id;
    this.check = checkOf(id);
  }

  public static long checkOf(long id) {
    return id * 31 + 7;
  }

  @Override
  public Cell clone() {
    try {
      return (Cell) super.clone();
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }
}
