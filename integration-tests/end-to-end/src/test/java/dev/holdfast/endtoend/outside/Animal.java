package dev.holdfast.endtoend.outside;

/** Superclass of managed classes; not managed. */
public class Animal implements Cloneable {
  public int legs = 4;
  protected final String name;

  public Animal(String name) {
    this.name = name;
  }

  public String name() {
    return name;
  }

  /** The only clone() of the hierarchy. */
  @Override
  public Animal clone() {
    try {
      return (Animal) super.clone();
    } catch (CloneNotSupportedException e) {
      throw new AssertionError(e);
    }
  }

  /** A clone that its caller does not see as one. */
  public final Object twin() {
    return clone();
  }
}
