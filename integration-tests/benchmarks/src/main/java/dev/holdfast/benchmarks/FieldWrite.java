package dev.holdfast.benchmarks;

import dev.holdfast.benchmarks.managed.Node;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.Warmup;

/**
 * Writes a field of one of {@value #OBJECTS} objects in turn, which is also written to its mirror.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgs = {"-Xms256m", "-Xmx256m"})
public class FieldWrite {
  static final int OBJECTS = 256;

  @Benchmark
  public void holdfastInt(Mirrored objects) {
    int i = objects.turn++;
    objects.nodes[i & (OBJECTS - 1)].value = i;
  }

  @Benchmark
  public void plainInt(Plain objects) {
    int i = objects.turn++;
    objects.nodes[i & (OBJECTS - 1)].value = i;
  }

  @Benchmark
  public void holdfastReference(Mirrored objects) {
    int i = objects.turn++;
    objects.nodes[i & (OBJECTS - 1)].next = objects.nodes[i >> 8 & (OBJECTS - 1)];
  }

  @Benchmark
  public void plainReference(Plain objects) {
    int i = objects.turn++;
    objects.nodes[i & (OBJECTS - 1)].next = objects.nodes[i >> 8 & (OBJECTS - 1)];
  }

  /** Objects with mirrors. */
  @State(Scope.Thread)
  public static class Mirrored {
    final Node[] nodes = new Node[OBJECTS];
    int turn;

    public Mirrored() {
      for (int i = 0; i < OBJECTS; i++) {
        nodes[i] = new Node(i);
      }
    }
  }

  /** Objects without. */
  @State(Scope.Thread)
  public static class Plain {
    final dev.holdfast.benchmarks.plain.Node[] nodes =
        new dev.holdfast.benchmarks.plain.Node[OBJECTS];
    int turn;

    public Plain() {
      for (int i = 0; i < OBJECTS; i++) {
        nodes[i] = new dev.holdfast.benchmarks.plain.Node(i);
      }
    }
  }
}
