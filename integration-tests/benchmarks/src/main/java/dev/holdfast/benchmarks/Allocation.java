package dev.holdfast.benchmarks;

import dev.holdfast.benchmarks.managed.Point;
import java.lang.ref.ReferenceQueue;
import java.lang.ref.WeakReference;
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
 * Allocates objects of four fields that die at once, with all that their death costs. One operation
 * is one object.
 */
@BenchmarkMode(Mode.AverageTime)
@OutputTimeUnit(TimeUnit.NANOSECONDS)
@Warmup(iterations = 3, time = 1)
@Measurement(iterations = 5, time = 1)
@Fork(
    value = 2,
    jvmArgs = {"-Xms512m", "-Xmx512m", "-Xmn128m"})
public class Allocation {
  /** Each object is given a mirror. */
  @Benchmark
  public Object holdfast(Numbers numbers) {
    int id = numbers.next++;
    return new Point(id, id, id, null);
  }

  @Benchmark
  public Object plain(Numbers numbers) {
    int id = numbers.next++;
    return new dev.holdfast.benchmarks.plain.Point(id, id, id, null);
  }

  /** Each object is watched by a weak reference, as a table of native twins would. */
  @Benchmark
  public Object weakReference(Numbers numbers, Watched watched) {
    int id = numbers.next++;
    dev.holdfast.benchmarks.plain.Point point =
        new dev.holdfast.benchmarks.plain.Point(id, id, id, null);
    watched.add(point);
    return point;
  }

  /** Gives each object other values. */
  @State(Scope.Thread)
  public static class Numbers {
    int next;
  }

  /** The weak references of the living objects, in a list out of which the dead unlink. */
  @State(Scope.Thread)
  public static class Watched {
    private final ReferenceQueue<Object> dead = new ReferenceQueue<>();
    private final Watch first = new Watch(null, null);

    void add(Object object) {
      Watch watch = new Watch(object, dead);
      watch.before = first;
      watch.after = first.after;
      if (first.after != null) {
        first.after.before = watch;
      }
      first.after = watch;
      while (dead.poll() instanceof Watch gone) {
        gone.before.after = gone.after;
        if (gone.after != null) {
          gone.after.before = gone.before;
        }
      }
    }
  }

  private static final class Watch extends WeakReference<Object> {
    Watch before;
    Watch after;

    Watch(Object object, ReferenceQueue<Object> queue) {
      super(object, queue);
    }
  }
}
