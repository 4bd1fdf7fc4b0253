package sample;

import java.util.function.Supplier;

public class Leaks implements Supplier<Object> {
  @Override
  public Object get() {
    return new Leaky();
  }
}
