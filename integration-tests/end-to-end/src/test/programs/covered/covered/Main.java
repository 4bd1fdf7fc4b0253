package covered;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Callable;

/** Some of it is executed and some not; it can be stepped through, and allocates. */
public final class Main {
  private Main() {}

  static class Job implements Callable<Integer>, Cloneable {
    private int calls;
    Job next;
    final int weight;

    Job(int weight, Job next) {
      this.weight = weight;
      this.next = next;
    }

    @Override
    public Integer call() {
      calls++;
      if (weight > 1000) {
        return never();
      }
      return weight * calls + (next == null ? 0 : next.call());
    }

    private int never() {
      calls = 0;
      return -1;
    }
  }

  record Result(int sum, String text) {
    Result {
      if (sum < 0) {
        throw new IllegalArgumentException(text);
      }
    }
  }

  /** The debugger steps through this. */
  static int stepped(int n) {
    int total = 0;
    Job job = null;
    for (int i = 0; i < n; i++) {
      Job made =
          new Job(
              i + 1,
              job);
      made.calls = i;
      made.calls += 2;
      job = made;
      total += job.call();
    }
    return total;
  }

  static int allocated(int n) {
    int sum = 0;
    Job[] ring = new Job[64];
    for (int i = 0; i < n; i++) {
      Job job = new Job(i % 50, null);
      ring[i % ring.length] = job;
      sum += ring[(i + 1) % ring.length] == null ? 0 : 1;
    }
    return sum;
  }

  public static void main(String[] args) throws Exception {
    System.out.println(stepped(3));
    System.out.println(allocated(args.length > 0 ? Integer.parseInt(args[0]) : 1000));
    ExecutorService threads = Executors.newFixedThreadPool(2);
    List<Integer> results = new ArrayList<>();
    for (var future : threads.invokeAll(List.of(new Job(5, null), new Job(6, new Job(7, null))))) {
      results.add(future.get());
    }
    threads.shutdown();
    System.out.println(results + " " + new Result(4, "four"));
    try {
      System.out.println(new Result(-1, "negative"));
    } catch (IllegalArgumentException e) {
      System.out.println(e.getMessage() + " " + e.getStackTrace()[0]);
    }
    System.out.println(Arrays.stream(Job.class.getDeclaredFields()).filter(f -> !f.isSynthetic()).toList());
  }
}
