package dev.holdfast.demo;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.util.concurrent.TimeUnit;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** Prints what Holdfast's MBeans say, as any JMX client would read it. */
final class Figures {
  private static final String[] TYPES = {"Handles", "Arena", "Collector"};

  private Figures() {}

  /** How many objects C or Java keep by a handle at this moment. */
  static long handlesCounted() throws JMException {
    ObjectName handles = new ObjectName("dev.holdfast:type=Handles");
    return (Long)
        ManagementFactory.getPlatformMBeanServer().getAttribute(handles, "HandlesCounted");
  }

  /** The agent registers its MBeans a little after the program's start: a short one waits. */
  private static boolean isRegistered(MBeanServer server, ObjectName name)
      throws InterruptedException {
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(30);
    while (!server.isRegistered(name) && System.nanoTime() < deadline) {
      Thread.sleep(10);
    }
    return server.isRegistered(name);
  }

  static void print(PrintStream out) throws JMException, InterruptedException {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    for (String type : TYPES) {
      ObjectName name = new ObjectName("dev.holdfast:type=" + type);
      if (!isRegistered(server, name)) {
        out.printf("%s: not registered%n", name);
        continue;
      }
      out.println(name);
      for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
        Object value = server.getAttribute(name, attribute.getName());
        String format = value instanceof Double || value instanceof Float ? "%,16.3f" : "%,16d";
        String text = value instanceof Number ? String.format(format, value) : value.toString();
        out.printf("  %-26s %16s%n", attribute.getName(), text);
      }
    }
  }
}
