package dev.holdfast.endtoend.app;

import dev.holdfast.Handle;
import dev.holdfast.Holdfast;
import dev.holdfast.endtoend.support.Check;
import dev.holdfast.endtoend.support.Mirror;
import dev.holdfast.endtoend.support.Probe;
import java.util.ArrayList;
import java.util.List;

/** C threads walk a list's mirrors while they move, and while Java writes and allocates. */
@SuppressWarnings("unused") // fields that only C reads
public final class MovingList {
  private static final int NODES = 3000;
  private static final int ALLOCATIONS = 4000;

  private MovingList() {}

  static final class Node {
    final long id;
    final long twice;
    long version;
    Node next;
    private Object garbage;

    Node(long id, Node next) {
      this.id = id;
      this.twice = 2 * id;
      this.next = next;
    }
  }

  public static void main(String[] args) {
    Node head = null;
    for (int i = 0; i < NODES; i++) {
      head = new Node(i, head);
      new Node(-1, head).garbage = head; // so that cohorts are not all survivors
    }
    Node list = head;
    try (Handle handle = Holdfast.handle(list)) {
      Check.equal(0, Probe.C.probe_walkers_start(handle.bits(), 3), "walkers");
      Check.eventually("C walks", () -> Probe.C.probe_walkers_walks() != 0);
      List<Thread> writers = new ArrayList<>();
      for (int t = 0; t < 2; t++) {
        int half = t;
        Thread writer = new Thread(() -> write(list, half), "writer-" + t);
        writer.start();
        writers.add(writer);
      }
      System.gc();
      writers.forEach(Check::join);
      long walks = Probe.C.probe_walkers_stop();
      Check.that(walks > 0, "walks came through: " + walks);
      if (args.length > 0) {
        Check.that(
            Holdfast.stats().movedCohortsTotal() > 100, "cohorts moved: " + Holdfast.stats());
      }
      Check.equal(1, Probe.C.probe_count(handle.bits()), "only our count is left");
    }
    for (Node node = list; node != null; node = node.next) {
      Check.equal(List.of(), Holdfast.verify(node), "node " + node.id);
    }
    Mirror.checkAll(list, list.next);
  }

  /** Writes to every other node: two threads that raced for one could leave a stale mirror. */
  private static void write(Node list, int half) {
    Node at = list;
    for (int i = 0; i < ALLOCATIONS; i++) {
      Node made = new Node(-2, at);
      if (at.id % 2 == half) {
        at.garbage = made;
      }
      synchronized (list) {
        list.version++;
      }
      at = at.next == null ? list : at.next;
    }
  }
}
