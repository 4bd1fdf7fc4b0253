package dev.holdfast.endtoend.app;

import dev.holdfast.Holdfast;
import dev.holdfast.endtoend.support.Check;
import dev.holdfast.endtoend.support.Mirror;
import java.lang.management.ManagementFactory;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import javax.management.ObjectName;

/** Chooses its own {@code LogManager}, as application servers do: first thing in {@code main}. */
public final class ForOwnLogManager {
  private ForOwnLogManager() {}

  /** The application's. */
  public static final class Manager extends LogManager {}

  static final class Item {
    int number = 1;
  }

  static {
    Item early = new Item();
    early.number++;
  }

  public static void main(String[] args) throws Exception {
    System.setProperty("java.util.logging.manager", Manager.class.getName());
    Check.that(
        LogManager.getLogManager() instanceof Manager,
        "the application's log manager: " + LogManager.getLogManager());
    Logger.getLogger("app").fine("said to nobody");
    Mirror.check(new Item());
    Check.that(Holdfast.isActive(), "active");
    ObjectName name = new ObjectName("dev.holdfast:type=Handles");
    Check.eventually("MBeans", () -> ManagementFactory.getPlatformMBeanServer().isRegistered(name));
  }
}
