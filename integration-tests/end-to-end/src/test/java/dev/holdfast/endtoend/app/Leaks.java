package dev.holdfast.endtoend.app;

import dev.holdfast.Holdfast;
import dev.holdfast.HoldfastException;
import dev.holdfast.endtoend.support.Check;
import dev.holdfast.endtoend.support.Probe;
import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/**
 * Leaks handles in every way, and uses one after its release. Without the debug mode it is switched
 * on over JMX.
 */
public final class Leaks {
  private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();
  private static final ObjectName HANDLES = handles();

  private Leaks() {}

  private static ObjectName handles() {
    try {
      return new ObjectName("dev.holdfast:type=Handles");
    } catch (JMException e) {
      throw new AssertionError(e);
    }
  }

  static final class Item {
    Item next;
  }

  /** {@code sampled}: asks for records over JMX, and writes the report on standard output. */
  public static void main(String[] args) throws JMException {
    boolean sampled = args.length > 0;
    if (sampled) {
      Check.eventually("the MBeans", () -> SERVER.isRegistered(HANDLES));
      operation("setRetainSampling", new Object[] {1}, "int");
    }
    keptByJava();
    keptByC();
    usedAfterRelease();
    if (sampled) {
      System.out.print(operation("retainReport", new Object[0]));
      operation("setRetainSampling", new Object[] {0}, "int");
    }
  }

  private static void keptByJava() {
    Holdfast.retain(new Item());
  }

  private static void keptByC() {
    Item owner = new Item();
    owner.next = new Item();
    long bits = Holdfast.retain(owner);
    Probe.C.probe_leak(bits);
    Probe.C.probe_leak_field(bits, "next");
    long[] elements = new long[3];
    long list = Holdfast.retain(new ArrayList<>(List.of(new Item(), new Item(), new Item())));
    Check.equal(3L, Probe.C.probe_leak_elements(list, 3, elements), "elements");
    // compiled without places
    Check.equal(0, Probe.C.probe_tie(bits, elements[0], 0, 0), "counted by a struct");
    Holdfast.release(list);
    Holdfast.release(bits);
  }

  private static void usedAfterRelease() {
    Item item = new Item();
    long bits = Holdfast.retain(item);
    Probe.C.probe_drop(bits);
    Check.equal(0L, Probe.C.probe_retain(bits), "retained after its release");
    String words = Probe.C.probe_error();
    Check.that(words.matches("(?s).*last released at .*leaks\\.c:\\d+"), words);
    words = Check.fails(HoldfastException.class, () -> Holdfast.resolve(bits, Item.class));
    Check.that(words.matches("(?s).*last released at .*leaks\\.c:\\d+"), words);
    long other = Holdfast.retain(item);
    Holdfast.release(other);
    words = Check.fails(HoldfastException.class, () -> Holdfast.resolve(other, Item.class));
    Check.that(words.matches("(?s).*last released at Java:\n.*usedAfterRelease.*"), words);
    Check.that(item.next == null, "is there still");
  }

  private static Object operation(String name, Object[] arguments, String... types)
      throws JMException {
    return SERVER.invoke(HANDLES, name, arguments, types);
  }
}
