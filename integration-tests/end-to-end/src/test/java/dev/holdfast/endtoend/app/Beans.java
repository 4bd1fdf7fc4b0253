package dev.holdfast.endtoend.app;

import dev.holdfast.Handle;
import dev.holdfast.Holdfast;
import dev.holdfast.endtoend.support.Check;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import javax.management.JMException;
import javax.management.MBeanAttributeInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;

/** The MBeans appear by themselves, each attribute can be read, each operation called. */
public final class Beans {
  private Beans() {}

  static final class Item {
    int number;
  }

  public static void main(String[] args) throws Exception {
    Item[] items = new Item[1000];
    for (int i = 0; i < items.length; i++) {
      items[i] = new Item();
    }
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    ObjectName all = new ObjectName("dev.holdfast:*");
    // Before anything is given to C, because not all programs do that early.
    List<String> types = List.of("Handles", "Arena", "Collector", "Classes", "Sites", "Holdups");
    Check.eventually("all MBeans", () -> server.queryNames(all, null).size() == types.size());
    for (String type : types) {
      read(server, new ObjectName("dev.holdfast:type=" + type));
    }
    try (Handle handle = Holdfast.handle(items[4])) {
      Check.that(handle.isOwned(), "owned");
      Check.equal(1L, number(server, "Handles", "HandlesCounted"), "HandlesCounted");
      dump(server, handle);
    }
    Check.eventually("given back", () -> number(server, "Handles", "HandlesCounted") == 0L);
    Check.that(number(server, "Handles", "RetainsTotal") >= 1, "RetainsTotal");
    Check.that(number(server, "Arena", "ArenaUsedBytes") > 0, "ArenaUsedBytes");
    Check.that(number(server, "Arena", "AdoptedAtSiteTotal") >= 1000, "AdoptedAtSiteTotal");

    ObjectName collector = new ObjectName("dev.holdfast:type=Collector");
    server.invoke(collector, "collect", new Object[0], new String[0]);
    Check.that(number(server, "Collector", "MovedCohortsTotal") > 0, "moved by collect()");
    Check.equal(
        0,
        ((String[]) server.invoke(collector, "validate", new Object[0], new String[0])).length,
        "invariants that do not hold");
    classes(server);
    Check.that(items.length == 1000, "kept");
  }

  private static void read(MBeanServer server, ObjectName name) throws JMException {
    MBeanAttributeInfo[] attributes = server.getMBeanInfo(name).getAttributes();
    Check.that(attributes.length > 0, name + " has attributes");
    for (MBeanAttributeInfo attribute : attributes) {
      Object value = server.getAttribute(name, attribute.getName());
      Check.that(value != null, name + " " + attribute.getName());
      Check.that(!attribute.getDescription().isBlank(), "description of " + attribute.getName());
      Check.that(attribute.getDescriptor().getFieldValue("units") != null, "unit of " + attribute);
    }
  }

  private static long number(MBeanServer server, String type, String attribute) {
    try {
      return (Long) server.getAttribute(new ObjectName("dev.holdfast:type=" + type), attribute);
    } catch (JMException e) {
      throw new AssertionError(e);
    }
  }

  private static void dump(MBeanServer server, Handle handle) throws Exception {
    Path folder = Files.createTempDirectory("holdfast-dump");
    Path file = folder.resolve("handles.txt");
    try {
      Object written =
          server.invoke(
              new ObjectName("dev.holdfast:type=Handles"),
              "dumpHandles",
              new Object[] {file.toString(), 10L},
              new String[] {String.class.getName(), "long"});
      Check.equal(1L, written, "handles written");
      String line = Files.readAllLines(file).get(1);
      Check.that(
          line.startsWith("0x" + Long.toHexString(handle.bits()))
              && line.endsWith(Item.class.getName()),
          line);
    } finally {
      Files.deleteIfExists(file);
      Files.delete(folder);
    }
  }

  private static void classes(MBeanServer server) throws JMException {
    ObjectName name = new ObjectName("dev.holdfast:type=Classes");
    TabularData table = null;
    for (MBeanAttributeInfo attribute : server.getMBeanInfo(name).getAttributes()) {
      if (server.getAttribute(name, attribute.getName()) instanceof TabularData data) {
        table = data;
      }
    }
    Check.that(table != null, "a table of classes");
    Check.that(
        table.values().stream()
            .map(CompositeData.class::cast)
            .anyMatch(
                row ->
                    row.get("name").equals(Item.class.getName())
                        && row.get("state").equals("mirrored")
                        && (Long) row.get("mirrorsLive") >= 1000
                        && (Long) row.get("mirrorBytes") == 12),
        "a row for Item in " + table);
  }
}
