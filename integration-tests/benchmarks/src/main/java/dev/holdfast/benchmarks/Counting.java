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
import org.openjdk.jmh.annotations.Scope;
import org.openjdk.jmh.annotations.Setup;
import org.openjdk.jmh.annotations.State;
import org.openjdk.jmh.annotations.TearDown;
import org.openjdk.jmh.annotations.Warmup;

/**
 * C takes one more count of a handle and gives it back, on one thread. One operation is the pair.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgs = {"-Xms256m", "-Xmx256m"})
public class Counting {
  private static final int ROUNDS = 10_000;

  @Benchmark
  @OperationsPerInvocation(ROUNDS)
  public void holdfast(Counted counted) {
    NativeLoops.retainAndRelease(counted.handle, ROUNDS);
  }

  /** The least that any shared count costs. */
  @Benchmark
  @OperationsPerInvocation(ROUNDS)
  public void atomics() {
    NativeLoops.addAndSubtract(ROUNDS);
  }

  @Benchmark
  @OperationsPerInvocation(ROUNDS)
  public void jni(Counted counted) {
    NativeLoops.globalReference(counted.object, ROUNDS);
  }

  /** An object that C already owns. */
  @State(Scope.Benchmark)
  public static class Counted {
    Node object;
    long handle;

    @Setup
    public void retain() {
      object = new Node(1);
      handle = Holdfast.retain(object);
      NativeLoops.begin();
    }

    @TearDown
    public void release() {
      Holdfast.release(handle);
    }
  }
}
