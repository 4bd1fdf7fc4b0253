package dev.holdfast.endtoend.fuzz.model;

/** Fills a good part of a cohort; in one of 256 bytes it needs a cohort of its own. */
public final class Broad extends Cell {
  private static final long serialVersionUID = 1;

  public double d00, d01, d02, d03;
  public double d10, d11, d12, d13;
  public double d20, d21, d22, d23;
  public double d30, d31, d32, d33;
  public double d40, d41, d42, d43;
  public double d50, d51, d52, d53;
  public double d60, d61, d62, d63;
  public double d70, d71, d72, d73;

  public Broad(long id) {
    super(id);
    d00 = id;
    d73 = -id;
  }
}
