package dev.holdfast.endtoend.fuzz.model;

/** What all threads write, by volatile fields. */
public final class Common extends Cell {
  private static final long serialVersionUID = 1;

  public volatile int count;
  public volatile long value;
  public volatile double ratio;
  public volatile Hue tint;
  public transient volatile Cell link;
  public transient volatile Object thing;

  public Common(long id) {
    super(id);
  }
}
