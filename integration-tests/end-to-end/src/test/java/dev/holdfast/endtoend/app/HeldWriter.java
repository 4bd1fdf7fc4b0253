package dev.holdfast.endtoend.app;

import dev.holdfast.Holdfast;
import dev.holdfast.HoldfastException;
import dev.holdfast.endtoend.support.Check;
import dev.holdfast.endtoend.support.Mirror;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.List;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * One thread is suspended in the middle of a write for as long as whoever runs this wants; with
 * {@code arena=4m}. The others allocate, write, count, ask for collections, and fill the arena,
 * since nothing is reused meanwhile; all heals when the thread goes on. Reads a line before each
 * part, and writes one after it.
 */
public final class HeldWriter {
  private static final int OBJECTS = 300_000; // 32 bytes each: 9.6 MB
  private static final int FIT = 30_000; // so many do not fill the arena

  private HeldWriter() {}

  static final class Item {
    int number;
    Item next;

    Item(int number) {
      this.number = number;
    }
  }

  public static void main(String[] args) throws IOException, JMException {
    BufferedReader in =
        new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8));
    Item held = new Item(1);
    Item neighbour = new Item(1);
    Mirror.checkAll(held, neighbour);
    Check.agentHasStarted(); // before that nothing moves
    Thread writer = new Thread(() -> write(held), "writer");
    writer.setDaemon(true); // suspended, it would keep a JVM that has failed
    writer.start();
    Check.equal("suspended", in.readLine(), "what comes first");
    othersGoOn(neighbour);
    System.out.println("the others have gone on");
    Check.equal("resumed", in.readLine(), "what comes next");
    Check.join(writer);
    allHeals(held, neighbour);
    System.out.println("all is well");
  }

  private static void write(Item item) {
    item.number = 2;
  }

  private static void othersGoOn(Item neighbour) throws JMException {
    long abandoned = Holdfast.stats().movesAbandonedTotal();
    for (int i = 0; i < OBJECTS; i++) {
      neighbour.number = i;
      neighbour.next = new Item(i);
      if (i < FIT && i % 1000 == 0) {
        Mirror.check(neighbour);
      } else if (i == FIT) {
        collect(); // while there is room to move to
      }
    }
    collect();
    Check.that(Holdfast.stats().movesAbandonedTotal() > abandoned, "moves are abandoned");
    Check.that(Holdfast.stats().unmirroredTotal() > 0, "the arena fills: " + Holdfast.stats());
    neighbour.next = null;
    Mirror.check(neighbour);
    Check.equal(List.of(), List.of(validate()), "broken invariants");
    Check.equal(0L, Holdfast.stats().handlesCounted(), "counted");
  }

  private static void allHeals(Item held, Item neighbour) throws JMException {
    Check.eventuallyAfterCollections("there is room again", () -> hasRoom());
    Mirror.checkAll(held, neighbour, new Item(3));
    Check.equal(2, held.number, "written");
    long moved = Holdfast.stats().movedCohortsTotal();
    Item survivor = new Item(5);
    collect();
    Check.that(Holdfast.stats().movedCohortsTotal() > moved, "mirrors move again");
    Mirror.checkAll(held, neighbour, survivor);
    Check.equal(List.of(), List.of(validate()), "broken invariants");
  }

  private static boolean hasRoom() {
    try {
      Holdfast.release(Holdfast.retain(new Item(4)));
      return true;
    } catch (HoldfastException e) {
      return false;
    }
  }

  private static void collect() throws JMException {
    ManagementFactory.getPlatformMBeanServer()
        .invoke(new ObjectName("dev.holdfast:type=Collector"), "collect", null, null);
  }

  private static String[] validate() throws JMException {
    return (String[])
        ManagementFactory.getPlatformMBeanServer()
            .invoke(new ObjectName("dev.holdfast:type=Collector"), "validate", null, null);
  }
}
