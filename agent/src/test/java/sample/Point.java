package sample;

/** A managed class with fields of every kind, and clean constructors. */
public class Point {
  public boolean z;
  public byte b;
  public char c;
  public short s;
  public int x;
  public float f;
  public long l;
  public double d;
  public Object o;
  public final int[] a;
  public static int count;

  public Point() {
    this(0);
  }

  public Point(int x) {
    this.x = x;
    a = new int[x];
  }

  /** A write of the class itself, outside of constructors. */
  public Point move(int by) {
    x += by;
    return this;
  }
}
