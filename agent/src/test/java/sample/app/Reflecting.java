package sample.app;

import java.lang.reflect.Field;
import java.net.URL;
import java.net.URLClassLoader;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** Lists the fields of classes before any object is made, in loaders of several kinds. */
public class Reflecting {
  public static void main(String[] args) throws Exception {
    System.out.println("own=" + fields(Class.forName("sample.app.Node")));
    URL[] here = {Reflecting.class.getProtectionDomain().getCodeSource().getLocation()};
    // sees nothing but the JDK: its parent is the platform's loader
    try (URLClassLoader alone = new URLClassLoader(here, ClassLoader.getPlatformClassLoader())) {
      Class<?> node = alone.loadClass("sample.app.Node");
      System.out.println("other=" + fields(node));
      Object made = node.getConstructor(int.class).newInstance(5);
      node.getField("number").set(made, 6);
      Class<?> maker = alone.loadClass("sample.app.Reflecting$Maker");
      System.out.println("made=" + maker.getMethod("make").invoke(null));
      System.out.println("managed=" + dev.holdfast.Holdfast.isManaged(made));
    }
    // The JDK registers names of its own here, and drops the map that hides ours.
    Class<?> pool = Class.forName("jdk.internal.reflect.Reflection");
    System.out.println("jdk=" + fields(pool));
  }

  /** In the other loader: an allocation site. */
  public static class Maker {
    public static int make() {
      return new Node(7).number;
    }
  }

  private static List<String> fields(Class<?> type) {
    return new ArrayList<>(
        Arrays.stream(type.getDeclaredFields()).map(Field::getName).sorted().toList());
  }
}
