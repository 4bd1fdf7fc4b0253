package sample;

import java.util.ArrayList;
import java.util.List;

/** Constructors that keep {@code this} to themselves, and others. */
@SuppressWarnings({"unused", "UnusedVariable", "this-escape"})
public class Constructors {
  static final List<Object> REGISTRY = new ArrayList<>();
  static Object latest;

  private Constructors() {}

  /** Clean: writes, reads, calculates, calls others about other things. */
  public static class Plain {
    int number;
    String text;

    Plain(int number) {
      this.number = number;
      text = String.valueOf(this.number).trim();
      REGISTRY.add(text);
      synchronized (this) {
        this.number++;
      }
    }
  }

  /** Clean: calls its own private and final methods. */
  public static class Helped {
    int number;

    Helped() {
      number = half(4);
      more();
    }

    private int half(int whole) {
      return whole / 2 + number;
    }

    final void more() {
      number++;
      if (number < 9) {
        more();
      }
    }
  }

  /** Clean: delegates to another constructor and to a clean superclass. */
  public static class Below extends Plain {
    Below() {
      this(2);
    }

    Below(int n) {
      super(n);
    }
  }

  /** Passes itself. */
  public static class Passes {
    Passes() {
      REGISTRY.add(this);
    }
  }

  /** Stores itself in a static field. */
  public static class StoresStatic {
    StoresStatic() {
      latest = this;
    }
  }

  /** Stores itself in another object. */
  public static class StoresField {
    Object other;

    StoresField(StoresField parent) {
      parent.other = this;
    }
  }

  /** Stores itself in an array. */
  public static class StoresArray {
    StoresArray(Object[] array) {
      array[0] = this;
    }
  }

  /** Captured by a lambda. */
  public static class Captured {
    final Runnable runnable;

    Captured() {
      runnable = () -> latest = this;
    }
  }

  /** Captured by an inner object. */
  public static class CapturedInner {
    final Object inner =
        new Object() {
          @Override
          public String toString() {
            return "inner of " + CapturedInner.this.hashCode();
          }
        };
  }

  /** Calls a method that a subclass may override. */
  public static class Overridable {
    Overridable() {
      init();
    }

    void init() {}
  }

  /** Its helper passes it on. */
  public static class LeakyHelper {
    LeakyHelper() {
      help();
    }

    private void help() {
      REGISTRY.add(this);
    }
  }

  /** Leaks what is this on one of two ways. */
  public static class Perhaps {
    Perhaps(boolean flag) {
      Object either = flag ? this : "other";
      REGISTRY.add(either);
    }
  }

  /** Throws itself. */
  public static class Throws extends RuntimeException {
    private static final long serialVersionUID = 1;

    Throws() {
      throw this;
    }
  }

  /** Its superclass leaks it. */
  public static class BelowLeaky extends Passes {
    int own = 1;
  }

  /** One constructor is clean, the other is not. */
  public static class Mixed {
    Mixed() {}

    Mixed(int n) {
      latest = this;
    }
  }
}
