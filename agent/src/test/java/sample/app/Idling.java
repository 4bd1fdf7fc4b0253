package sample.app;

import java.lang.management.ManagementFactory;
import java.util.function.BooleanSupplier;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Has no managed class until the agent has given up waiting for one. */
public final class Idling {
  private static final long PATIENCE_NANOS = 60_000_000_000L;

  private Idling() {}

  public static void main(String[] args) throws Exception {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    ObjectName handles = new ObjectName("dev.holdfast:type=Handles");
    await(() -> server.isRegistered(handles));
    System.out.println("early=" + isJnaLoaded());
    new Node(1);
    await(Idling::isJnaLoaded);
    System.out.println("late=" + isJnaLoaded());
    System.out.println("counted=" + server.getAttribute(handles, "HandlesCounted"));
  }

  private static boolean isJnaLoaded() {
    return System.getProperty("jna.loaded") != null;
  }

  private static void await(BooleanSupplier condition) throws InterruptedException {
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (!condition.getAsBoolean() && System.nanoTime() < deadline) {
      Thread.sleep(10);
    }
  }
}
