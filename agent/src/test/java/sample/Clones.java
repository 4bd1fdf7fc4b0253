package sample;

import java.util.ArrayList;
import java.util.List;
import java.util.function.Supplier;

/** Ways to reach {@code Object.clone}. */
public class Clones implements Supplier<Object> {
  /** An interface that promises it. */
  interface Copied {
    Object clone();
  }

  /** The class itself calls {@code Object.clone}. */
  public static class Copy implements Cloneable, Copied {
    int field = 1;

    @Override
    public Copy clone() {
      try {
        return (Copy) super.clone();
      } catch (CloneNotSupportedException e) {
        throw new IllegalStateException(e);
      }
    }
  }

  /** A library's class calls it, which nobody rewrites. */
  public static class Listed extends ArrayList<Object> {
    private static final long serialVersionUID = 1;
  }

  @Override
  public Object get() {
    Copied copied = new Copy();
    ArrayList<Object> listed = new Listed();
    int[] array = {1};
    return List.of(copied.clone(), listed.clone(), array.clone());
  }
}
