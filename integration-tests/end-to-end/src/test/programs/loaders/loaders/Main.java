package loaders;

import java.lang.reflect.Method;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.Arrays;
import java.util.concurrent.Callable;

/** The same classes in child-first loaders, each with its own statics. */
public final class Main {
  private Main() {}

  static final class ChildFirst extends URLClassLoader {
    private final boolean isolated;

    ChildFirst(URL[] urls, boolean isolated) {
      super("child-" + isolated, urls, isolated ? null : Main.class.getClassLoader());
      this.isolated = isolated;
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      synchronized (getClassLoadingLock(name)) {
        Class<?> found = findLoadedClass(name);
        if (found == null && name.startsWith("loaders.")) {
          found = findClass(name);
        }
        return found != null ? found : super.loadClass(name, resolve);
      }
    }

    @Override
    public String toString() {
      return getName() + isolated;
    }
  }

  public static void main(String[] args) throws Exception {
    URL[] urls = {Main.class.getProtectionDomain().getCodeSource().getLocation()};
    Object first = new Plugin();
    for (int i = 0; i < 6; i++) {
      ChildFirst loader = new ChildFirst(urls, i % 2 == 0);
      Class<?> type = loader.loadClass("loaders.Plugin");
      Object plugin = type.getConstructor().newInstance();
      System.out.println(((Callable<?>) plugin).call());
      System.out.println(((Callable<?>) plugin).call() + " " + type.getClassLoader());
      System.out.println(Arrays.toString(type.getDeclaredFields()) + type.equals(Plugin.class));
      Method take = type.getDeclaredMethod("take", Object.class);
      take.setAccessible(true);
      take.invoke(plugin, plugin);
      try {
        take.invoke(plugin, first);
      } catch (java.lang.reflect.InvocationTargetException e) {
        System.out.println(e.getCause().getClass() + " " + e.getCause().getStackTrace()[0]);
      }
      loader.close();
    }
    System.out.println(((Plugin) first).call());
  }
}
