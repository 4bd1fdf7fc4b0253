package dev.holdfast.demo;

import java.io.PrintStream;
import java.lang.management.ManagementFactory;
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

  static void print(PrintStream out) throws JMException {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    for (String type : TYPES) {
      ObjectName name = new ObjectName("dev.holdfast:type=" + type);
      if (!server.isRegistered(name)) {
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
