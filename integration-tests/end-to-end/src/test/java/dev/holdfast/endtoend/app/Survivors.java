package dev.holdfast.endtoend.app;

import dev.holdfast.Holdfast;
import dev.holdfast.endtoend.support.Check;
import java.lang.management.ManagementFactory;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;

/**
 * A window of the latest survivors, each born among 63 objects from other sites that die at once.
 * Tells how much old space the survivors take; with {@code decided} moreover that their site, and
 * no other, was found out, and that it is found out again when its objects begin to die.
 */
public final class Survivors {
  private static final int WINDOW = 150_000;
  private static final int ROUNDS = 3 * WINDOW;
  private static final int BYTES = 32; // the mirror of one
  private static final int TEMPORARY = 63;

  /** So many rounds, of some 1,500 bytes, make the JVM collect. */
  private static final int PACE = WINDOW / 10;

  private static final int GARBAGE = 100_000;

  private static Object sink;
  private static long paced;

  private Survivors() {}

  static final class Kept {
    long a;
    long b;
    long c;

    Kept(long a) {
      this.a = a;
    }
  }

  static final class Passing {
    int number;

    Passing(int number) {
      this.number = number;
    }
  }

  public static void main(String[] args) throws JMException {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    Kept[] window = new Kept[WINDOW];
    Check.agentHasStarted(); // before that nothing moves, and there are no MBeans
    if (args.length > 0) {
      untilDecided(server, window);
    }
    for (int i = 0; i < ROUNDS; i++) {
      window[i % WINDOW] = kept(i);
      temporary();
      if (i % PACE == 0) {
        pace();
      }
    }
    ObjectName collector = new ObjectName("dev.holdfast:type=Collector");
    for (int i = 0; i < 3; i++) {
      System.gc();
      server.invoke(collector, "collect", new Object[0], new String[0]);
    }
    long own = (long) WINDOW * BYTES;
    Check.eventuallyAfterCollections(
        "the nursery is nearly empty", () -> Holdfast.stats().nurseryChunks() <= 1);
    if (args.length > 0) {
      Check.eventuallyAfterCollections("old space shrinks", () -> old() < 2 * own);
    }
    System.out.printf(
        "%,d survivors of %,d bytes: old space has %,d bytes, %.2f times their own%n",
        WINDOW, BYTES, old(), (double) old() / own);
    Check.that(sink != null, "the others");
    Check.equal(window[7].a, (long) ROUNDS - WINDOW + 7, "kept");
    if (args.length > 0) {
      decided(server);
    }
  }

  /** However few of the JVM's collections the collector's thread gets to see. */
  private static void untilDecided(MBeanServer server, Kept[] window) {
    int[] next = {0};
    Check.eventually(
        "the site is found out",
        () -> {
          for (int i = 0; i < PACE; i++) {
            window[next[0]++ % WINDOW] = kept(i);
            temporary();
          }
          pace();
          return isOld(server);
        });
  }

  /**
   * Waits until the collector's thread, however seldom it has a processor, has seen a collection of
   * the JVM since the last time: or the arena fills, and survivors leave the window, before it has
   * seen any.
   */
  private static void pace() {
    Check.eventually(
        "the collector sees the JVM's collections",
        () -> {
          sink = new byte[GARBAGE];
          return Holdfast.stats().jvmCollectionsSeen() > paced;
        });
    paced = Holdfast.stats().jvmCollectionsSeen();
  }

  private static boolean isOld(MBeanServer server) {
    try {
      return row(server, Kept.class).get("space").equals("old");
    } catch (JMException e) {
      throw new AssertionError(e);
    }
  }

  private static Kept kept(long i) {
    return new Kept(i); // the site
  }

  private static void temporary() {
    for (int n = 0; n < TEMPORARY; n += 3) {
      sink = new Passing(n);
      sink = new Passing(n + 1);
      sink = new Passing(n + 2);
    }
  }

  private static long old() {
    return Holdfast.stats().oldChunks() << 20;
  }

  private static void decided(MBeanServer server) throws JMException {
    CompositeData row = row(server, Kept.class);
    Check.equal("old", row.get("space"), "space of " + row);
    Check.equal("kept", row.get("method"), "method of " + row);
    Check.equal(Survivors.class.getName(), row.get("in"), "class of " + row);
    Check.that((Long) row.get("line") > 0, "line of " + row);
    Check.equal(1L, row.get("decisions"), "decisions of " + row);
    Check.that(((String) row.get("evidence")).endsWith("survived"), "evidence of " + row);
    Check.equal("young", row(server, Passing.class).get("space"), "space of the others");

    long last = 0;
    while (isOld(server)) {
      for (int i = 0; i < PACE; i++) {
        last += kept(i).a;
        temporary();
      }
      pace();
    }
    row = row(server, Kept.class);
    Check.equal(2L, row.get("decisions"), "decisions of " + row + " after " + last);
  }

  private static CompositeData row(MBeanServer server, Class<?> made) throws JMException {
    TabularData table =
        (TabularData) server.getAttribute(new ObjectName("dev.holdfast:type=Sites"), "Sites");
    return table.values().stream()
        .map(CompositeData.class::cast)
        .filter(row -> row.get("made").equals(made.getName()))
        .findFirst()
        .orElseThrow(() -> new AssertionError("no site of " + made + " in " + table));
  }
}
