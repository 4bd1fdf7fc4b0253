package dev.holdfast.call;

import dev.holdfast.collect.Engine;
import dev.holdfast.table.HandleException;
import dev.holdfast.table.Status;

/** Classes as C names them: managed ones by their type, all others by a number of their own. */
public final class Classes {
  /** The bit of an {@code hf_type} that says: a number of this table. */
  private static final int NUMBER = 1 << 31;

  private final Engine engine;
  private final Numbered<Class<?>> numbered = new Numbered<>("classes");
  private final ClassValue<Integer> numbers =
      new ClassValue<>() {
        @Override
        protected Integer computeValue(Class<?> type) {
          int[] given = new int[1];
          numbered.add(
              number -> {
                given[0] = number;
                return type;
              });
          return given[0];
        }
      };

  public Classes(Engine engine) {
    this.engine = engine;
  }

  /**
   * The number of the class or interface of this binary name that the thread's context loader, or
   * else the system loader, finds. It is loaded, not initialised.
   *
   * @throws HandleException ENOTYPE
   */
  public int find(String name) {
    ClassLoader context = Thread.currentThread().getContextClassLoader();
    Class<?> found = context == null ? null : load(name, context);
    if (found == null) {
      found = load(name, ClassLoader.getSystemClassLoader());
    }
    if (found == null) {
      throw new HandleException(Status.ENOTYPE, "no class is named " + name);
    }
    return numbers.get(found);
  }

  private static Class<?> load(String name, ClassLoader loader) {
    try {
      return Class.forName(name, false, loader);
    } catch (ClassNotFoundException | LinkageError e) {
      return null;
    }
  }

  /** The number of a counted object's class. */
  public int of(long handle) {
    return numbers.get(engine.resolve(handle).getClass());
  }

  /**
   * The binary name of a numbered class.
   *
   * @throws HandleException ENOTYPE
   */
  public String name(int number) {
    return byNumber(number).getName();
  }

  /** Whether a counted object is of a numbered class or a subclass of it. */
  public boolean isInstance(long handle, int number) {
    return byNumber(number).isInstance(engine.resolve(handle));
  }

  /**
   * The class of an {@code hf_type}.
   *
   * @throws HandleException ENOTYPE if there is none, or it was unloaded
   */
  Class<?> byType(int type) {
    if ((type & NUMBER) != 0) {
      return byNumber(type & ~NUMBER);
    }
    Class<?> found = engine.classOf(type);
    if (found == null) {
      throw new HandleException(Status.ENOTYPE, "no class has number " + type);
    }
    return found;
  }

  private Class<?> byNumber(int number) {
    Class<?> found = numbered.get(number);
    if (found == null) {
      throw new HandleException(Status.ENOTYPE, "no class has number " + number);
    }
    return found;
  }
}
