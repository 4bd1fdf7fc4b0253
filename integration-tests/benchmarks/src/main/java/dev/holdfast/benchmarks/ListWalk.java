package dev.holdfast.benchmarks;

import dev.holdfast.Holdfast;
import dev.holdfast.benchmarks.managed.Node;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Param;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/** Sums the values of a linked list of a million Java objects. One operation is one node. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
// The young generation holds all of the list, so that it stays fresh until it is asked to age.
@Fork(
    value = 2,
    jvmArgs = {"-Xms2g", "-Xmx2g", "-Xmn1g"})
public class ListWalk {
  static final int NODES = 1_000_000;
  private static final long SUM = (long) NODES * (NODES - 1) / 2;

  /** C reads the mirrors. */
  @Benchmark
  @OperationsPerInvocation(NODES)
  public long holdfast(Mirrored list) {
    return checked(NativeLoops.walkMirrors(list.handle));
  }

  /** C calls GetIntField, GetObjectField and DeleteLocalRef for each node. */
  @Benchmark
  @OperationsPerInvocation(NODES)
  public long jni(Plain list) {
    return checked(NativeLoops.walkJni(list.head));
  }

  @Benchmark
  @OperationsPerInvocation(NODES)
  public long java(Plain list) {
    long sum = 0;
    for (dev.holdfast.benchmarks.plain.Node at = list.head; at != null; at = at.next) {
      sum += at.value;
    }
    return checked(sum);
  }

  private static long checked(long sum) {
    if (sum != SUM) {
      throw new IllegalStateException("the list sums up to " + sum + ", expected " + SUM);
    }
    return sum;
  }

  /** How the nodes lie in memory. */
  @State(Scope.Benchmark)
  public static class Shape {
    /** Next nodes were allocated next, or anywhere. */
    @Param public Order order;

    /** Where they were born, or moved by a collection of the JVM, and then of Holdfast. */
    @Param public Age age;
  }

  /** A list of objects with mirrors. */
  @State(Scope.Benchmark)
  public static class Mirrored {
    private Node head;
    private Age age;
    private long moved;
    long handle;

    @Setup
    public void build(Shape shape) {
      age = shape.age;
      moved = Holdfast.stats().movedCohortsTotal();
      Node[] nodes = new Node[NODES];
      for (int i = 0; i < NODES; i++) {
        nodes[i] = new Node(i);
      }
      int[] order = shape.order.of(NODES);
      for (int i = 1; i < NODES; i++) {
        nodes[order[i - 1]].next = nodes[order[i]];
      }
      head = nodes[order[0]];
      handle = Holdfast.retain(head);
      NativeLoops.begin();
      age.reach(moved);
    }

    /** What was measured was of that age all the time, and is still right. */
    @TearDown
    public void check() {
      age.check(moved);
      checked(NativeLoops.walkMirrors(handle));
      Holdfast.release(handle);
    }
  }

  /** The same of objects that Holdfast does not know. */
  @State(Scope.Benchmark)
  public static class Plain {
    dev.holdfast.benchmarks.plain.Node head;

    @Setup
    public void build(Shape shape) {
      dev.holdfast.benchmarks.plain.Node[] nodes = new dev.holdfast.benchmarks.plain.Node[NODES];
      for (int i = 0; i < NODES; i++) {
        nodes[i] = new dev.holdfast.benchmarks.plain.Node(i);
      }
      int[] order = shape.order.of(NODES);
      for (int i = 1; i < NODES; i++) {
        nodes[order[i - 1]].next = nodes[order[i]];
      }
      head = nodes[order[0]];
      if (shape.age == Age.MOVED) {
        System.gc();
      }
    }
  }
}
