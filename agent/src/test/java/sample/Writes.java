package sample;

import java.util.function.Supplier;

/** Writes of every kind from another class. */
public class Writes implements Supplier<Object> {
  @Override
  public Object get() {
    Point p = new Point();
    p.z = true;
    p.b = 1;
    p.c = 'c';
    p.s = 2;
    p.x = 3;
    p.f = 4f;
    p.l = 5L;
    p.d = 6d;
    p.o = "o";
    Point.count = 7;
    return p;
  }
}
