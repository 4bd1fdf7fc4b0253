package dev.holdfast.benchmarks;

import dev.holdfast.Holdfast;
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

/** C calls {@code Integer.intValue()}, on a thread that the JVM knows. */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 2, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgs = {"-Xms256m", "-Xmx256m"})
public class Calling {
  private static final int ROUNDS = 1000;

  /** By an upcall stub of {@code java.lang.foreign} where the JVM has them (JDK 22). */
  @Benchmark
  @OperationsPerInvocation(ROUNDS)
  public long holdfast(Called called) {
    return NativeLoops.callMethod(called.handle, ROUNDS);
  }

  /** As on JDK 17, by a callback of JNA. */
  @Benchmark
  @OperationsPerInvocation(ROUNDS)
  @Fork(
      value = 2,
      jvmArgs = {"-Xms256m", "-Xmx256m", "-Dholdfast.upcalls=jna"})
  public long jna(Called called) {
    return NativeLoops.callMethod(called.handle, ROUNDS);
  }

  @Benchmark
  @OperationsPerInvocation(ROUNDS)
  public long jni(Called called) {
    return NativeLoops.callIntMethod(called.object, ROUNDS);
  }

  /** An object that C owns. */
  @State(Scope.Benchmark)
  public static class Called {
    final Integer object = 1;
    long handle;

    @Setup
    public void retain() {
      handle = Holdfast.retain(object);
      NativeLoops.begin();
    }

    @TearDown
    public void release() {
      Holdfast.release(handle);
    }
  }
}
