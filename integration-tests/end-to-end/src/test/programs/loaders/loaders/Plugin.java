package loaders;

import java.io.Serializable;
import java.util.concurrent.Callable;

/** Loaded once by each loader. */
public class Plugin implements Callable<String>, Cloneable, Serializable {
  static int made;
  int number = ++made;
  Plugin next;
  private transient Object foreign;

  @Override
  public String call() throws Exception {
    Plugin other = new Plugin();
    other.next = this;
    foreign = other.clone();
    Runnable more = () -> number += 10;
    more.run();
    return number + " " + other.number + " " + ((Plugin) foreign).next.number + " " + made;
  }

  /** Sets what another loader's class of the same name is not assignable to. */
  void take(Object other) {
    next = (Plugin) other;
  }
}
