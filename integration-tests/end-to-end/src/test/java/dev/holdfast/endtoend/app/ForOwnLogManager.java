package dev.holdfast.endtoend.app;

import dev.holdfast.Holdfast;
import dev.holdfast.endtoend.support.Check;
import dev.holdfast.endtoend.support.Mirror;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import javax.management.ObjectName;

/** Chooses its own {@code LogManager}, as application servers do: first thing in {@code main}. */
public final class ForOwnLogManager {
  /** The exit code when main's first lines came later than Holdfast waits for them. */
  public static final int TOO_LATE = 9;

  /** A little less than it waits. */
  private static final long WAITS_NANOS = TimeUnit.MILLISECONDS.toNanos(150);

  private static final long INITIALIZED;

  private ForOwnLogManager() {}

  /** The application's. */
  public static final class Manager extends LogManager {}

  static final class Item {
    int number = 1;
  }

  static {
    Item early = new Item();
    early.number++;
    INITIALIZED = System.nanoTime();
  }

  public static void main(String[] args) throws Exception {
    System.setProperty("java.util.logging.manager", Manager.class.getName());
    LogManager manager = LogManager.getLogManager();
    if (!(manager instanceof Manager) && System.nanoTime() - INITIALIZED > WAITS_NANOS) {
      System.exit(TOO_LATE);
    }
    Check.that(manager instanceof Manager, "the application's log manager: " + manager);
    Logger.getLogger("app").fine("said to nobody");
    Mirror.check(new Item());
    Check.that(Holdfast.isActive(), "active");
    ObjectName name = new ObjectName("dev.holdfast:type=Handles");
    Check.eventually("MBeans", () -> ManagementFactory.getPlatformMBeanServer().isRegistered(name));
  }
}
