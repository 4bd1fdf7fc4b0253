package attached;

import java.util.Arrays;

/** Not loaded before the agent comes. */
final class Later extends Main.Node implements Cloneable {
  private String name = "later";
  Later other;

  Later(int value) {
    super(value, new Main.Node(value, null));
  }

  static String run() throws CloneNotSupportedException {
    Later later = new Later(3);
    later.other = (Later) later.clone();
    later.other.name += " and later";
    later.value++;
    return later.name + later.value + later.other.name + later.other.value
        + Arrays.toString(Later.class.getDeclaredFields());
  }
}
