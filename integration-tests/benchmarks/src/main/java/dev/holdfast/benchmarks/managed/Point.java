package dev.holdfast.benchmarks.managed;

/** Something short-lived of four fields, with a mirror. */
public final class Point {
  public final int id;
  public final double x;
  public final double y;
  public final Point before;

  public Point(int id, double x, double y, Point before) {
    this.id = id;
    this.x = x;
    this.y = y;
    this.before = before;
  }
}
