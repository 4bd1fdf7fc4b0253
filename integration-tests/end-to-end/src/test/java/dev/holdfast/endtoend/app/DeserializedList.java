package dev.holdfast.endtoend.app;

import dev.holdfast.Handle;
import dev.holdfast.Holdfast;
import dev.holdfast.endtoend.support.Check;
import dev.holdfast.endtoend.support.Probe;
import java.io.IOException;
import java.io.InputStream;
import java.io.ObjectInputStream;
import java.io.ObjectOutputStream;
import java.io.OutputStream;
import java.io.PipedInputStream;
import java.io.PipedOutputStream;
import java.io.Serializable;

/**
 * A list of a million nodes, none of which was born at an allocation site, is given to C by its
 * head, on a thread with a small stack.
 */
public final class DeserializedList {
  private static final long SMALL_STACK = 192 << 10;

  private DeserializedList() {}

  static final class Node implements Serializable {
    final long number;
    transient Node next;

    Node(long number) {
      this.number = number;
    }
  }

  /** The argument is the list's length. */
  public static void main(String[] args) throws Exception {
    int length = Integer.parseInt(args[0]);
    Node head;
    try (PipedInputStream in = new PipedInputStream(1 << 16);
        PipedOutputStream out = new PipedOutputStream(in)) {
      Thread writer = new Thread(() -> write(length, out), "writer");
      writer.start();
      head = read(length, in);
      Check.join(writer);
    }
    Check.inThread("small stack", SMALL_STACK, () -> handOver(head, length));
    for (Node node = head; node != null; node = node.next) {
      Check.that(Holdfast.verify(node).isEmpty(), "node " + node.number);
    }
  }

  private static void write(int length, OutputStream out) {
    // Not closed: the pipe is not ours.
    try {
      ObjectOutputStream objects = new ObjectOutputStream(out);
      for (int i = 0; i < length; i++) {
        objects.writeObject(new Node(i));
        if (i % 1000 == 0) {
          objects.reset();
        }
      }
      objects.flush();
    } catch (IOException e) {
      throw new AssertionError(e);
    }
  }

  /** Node by node: the serialization of a whole list would recurse. */
  private static Node read(int length, InputStream in) throws IOException, ClassNotFoundException {
    ObjectInputStream objects = new ObjectInputStream(in);
    Node head = null;
    for (int i = 0; i < length; i++) {
      Node node = (Node) objects.readObject();
      node.next = head;
      head = node;
    }
    return head;
  }

  private static void handOver(Node head, int length) {
    try (Handle handle = Holdfast.handle(head)) {
      long[] sum = new long[1];
      Check.eventually(
          "C walks to the end",
          () -> Probe.C.probe_walk(handle.bits(), "next", "number", sum) == length);
      Check.equal((long) length * (length - 1) / 2, sum[0], "sum of the numbers");
      long last = Probe.C.probe_follow(handle.bits(), "next", length - 1);
      Check.equal(0L, Holdfast.take(last, Node.class).number, "the last node");
    }
  }
}
