package dev.holdfast.benchmarks;

import dev.holdfast.Holdfast;
import dev.holdfast.benchmarks.managed.Node;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.openjdk.jmh.annotations.Benchmark;
import org.openjdk.jmh.annotations.BenchmarkMode;
import org.openjdk.jmh.annotations.Fork;
import org.openjdk.jmh.annotations.Measurement;
import org.openjdk.jmh.annotations.Mode;
import org.openjdk.jmh.annotations.OperationsPerInvocation;
import org.openjdk.jmh.annotations.OutputTimeUnit;
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * C sums up an {@code ArrayList} of a million objects. One operation is one element, which C owns
 * for a moment.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgs = {"-Xms2g", "-Xmx2g", "-Xmn1g"})
public class ListRead {
  private static final int SIZE = 1_000_000;
  private static final long SUM = (long) SIZE * (SIZE - 1) / 2;

  /** Blocks of 1024 counted handles, read from their mirrors, and given back. */
  @Benchmark
  @OperationsPerInvocation(SIZE)
  public long holdfast(Mirrored list) {
    return checked(NativeLoops.readInBlocks(list.handle));
  }

  /** C calls {@code get}, GetIntField and DeleteLocalRef for each element. */
  @Benchmark
  @OperationsPerInvocation(SIZE)
  public long jni(Plain list) {
    return checked(NativeLoops.readByGet(list.nodes, SIZE));
  }

  private static long checked(long sum) {
    if (sum != SUM) {
      throw new IllegalStateException("the list sums up to " + sum + ", expected " + SUM);
    }
    return sum;
  }

  /** Objects with mirrors. */
  @State(Scope.Benchmark)
  public static class Mirrored {
    long handle;

    @Setup
    public void build() {
      List<Node> nodes = new ArrayList<>(SIZE);
      for (int i = 0; i < SIZE; i++) {
        nodes.add(new Node(i));
      }
      handle = Holdfast.retain(nodes);
      NativeLoops.begin();
    }

    @TearDown
    public void release() {
      Holdfast.release(handle);
    }
  }

  /** Objects that Holdfast does not know. */
  @State(Scope.Benchmark)
  public static class Plain {
    final List<dev.holdfast.benchmarks.plain.Node> nodes = new ArrayList<>(SIZE);

    @Setup
    public void build() {
      for (int i = 0; i < SIZE; i++) {
        nodes.add(new dev.holdfast.benchmarks.plain.Node(i));
      }
    }
  }
}
