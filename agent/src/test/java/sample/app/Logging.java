package sample.app;

import java.util.logging.LogManager;

/** Chooses its log manager in the first line of its main class. */
public class Logging {
  static {
    System.setProperty("java.util.logging.manager", Own.class.getName());
  }

  /** The manager. */
  public static class Own extends LogManager {}

  public static void main(String[] args) throws Exception {
    long deadline = System.nanoTime() + 30_000_000_000L;
    // until the late start has loaded the library
    while (!threadEnded() && System.nanoTime() < deadline) {
      Thread.onSpinWait();
    }
    System.out.println("manager=" + LogManager.getLogManager().getClass().getName());
    System.out.println(
        "beans="
            + java.lang.management.ManagementFactory.getPlatformMBeanServer()
                .queryNames(new javax.management.ObjectName("dev.holdfast:*"), null)
                .stream()
                .map(name -> name.getKeyProperty("type"))
                .sorted()
                .toList());
    System.out.println("state=" + dev.holdfast.Holdfast.stats().state());
  }

  private static boolean threadEnded() {
    return Thread.getAllStackTraces().keySet().stream()
        .noneMatch(thread -> thread.getName().equals("holdfast-start"));
  }
}
