package dev.holdfast.endtoend.support;

import java.io.IOException;
import java.io.InputStream;
import java.util.function.Predicate;

/** Defines some classes itself, from the test classes, and asks another loader for the rest. */
public final class OwnLoader extends ClassLoader {
  private final Predicate<String> mine;
  private final boolean onlyJava;

  private OwnLoader(Predicate<String> mine, boolean onlyJava) {
    super(onlyJava ? null : OwnLoader.class.getClassLoader());
    this.mine = mine;
    this.onlyJava = onlyJava;
  }

  /** Defines these classes itself, although its parent has them too. */
  public static OwnLoader childFirst(Predicate<String> mine) {
    return new OwnLoader(mine, false);
  }

  /** Defines these classes itself, delegates {@code java.*}, and knows nothing else. */
  public static OwnLoader javaOnly(Predicate<String> mine) {
    return new OwnLoader(mine, true);
  }

  @Override
  protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
    synchronized (getClassLoadingLock(name)) {
      Class<?> found = findLoadedClass(name);
      if (found != null) {
        return found;
      }
      if (mine.test(name)) {
        return define(name);
      }
      if (!onlyJava || name.startsWith("java.")) {
        return onlyJava ? findSystemClass(name) : super.loadClass(name, resolve);
      }
      throw new ClassNotFoundException(name + ": this loader delegates only java.*");
    }
  }

  private Class<?> define(String name) throws ClassNotFoundException {
    String file = name.replace('.', '/') + ".class";
    try (InputStream in = OwnLoader.class.getClassLoader().getResourceAsStream(file)) {
      if (in == null) {
        throw new ClassNotFoundException(name);
      }
      byte[] bytes = in.readAllBytes();
      return defineClass(name, bytes, 0, bytes.length);
    } catch (IOException e) {
      throw new ClassNotFoundException(name, e);
    }
  }
}
