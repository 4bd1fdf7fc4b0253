package dev.holdfast.stats;

/**
 * Puts the MBeans {@code dev.holdfast:type=Handles|Arena|Collector|Classes|Sites|Holdups} on the
 * platform's MBean server.
 */
public final class Beans {
  private Beans() {}

  /**
   * Registers them all, once for a JVM; a name that is taken already is left to its owner.
   *
   * <p>Starts the platform's MBean server, and with it {@code java.util.logging}: an agent calls
   * this after the application's main class has loaded.
   *
   * @return false if this JVM was built without {@code java.management}
   */
  public static boolean register(Insight insight) {
    if (ModuleLayer.boot().findModule("java.management").isEmpty()) {
      return false;
    }
    // A class of its own: this one must load where javax.management is absent.
    BeanTable.register(insight);
    return true;
  }
}
