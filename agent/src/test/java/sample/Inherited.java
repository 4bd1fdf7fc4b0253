package sample;

import java.util.function.Supplier;

/** A write whose owner in the constant pool is not the class that declares the field. */
public class Inherited implements Supplier<Object> {
  @Override
  public Object get() {
    SubPoint p = new SubPoint(1);
    p.l = 2;
    p.own = 3;
    p.move(4);
    return p;
  }
}
