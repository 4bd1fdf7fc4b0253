package dev.holdfast.endtoend.fuzz;

import dev.holdfast.endtoend.fuzz.model.Cell;
import dev.holdfast.endtoend.fuzz.model.Common;
import dev.holdfast.endtoend.fuzz.model.Leaf;
import dev.holdfast.endtoend.support.Check;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Deque;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Set;

/**
 * {@code FuzzProgram SEED SEEDS ROUNDS STEPS [plain]}: runs the random programs of SEEDS seeds from
 * SEED on, and prints what each has computed. A round is STEPS steps of each thread; after it all
 * rest, and what C sees is compared with what Java has. With {@code plain} the same without
 * Holdfast.
 */
public final class FuzzProgram {
  private static final int THREADS = 3;
  private static final int COMMON = 8;

  private FuzzProgram() {}

  public static void main(String[] args) {
    long first = Long.parseLong(args[0]);
    int seeds = Integer.parseInt(args[1]);
    int rounds = Integer.parseInt(args[2]);
    int steps = Integer.parseInt(args[3]);
    Outside outside = args.length > 4 ? Outside.NOBODY : new HandedToC();
    for (long seed = first; seed < first + seeds; seed++) {
      try {
        System.out.println(seed + ": " + digest(seed, rounds, steps, outside));
      } catch (Throwable e) {
        throw new AssertionError("seed " + seed + ": " + e.getMessage(), e);
      }
    }
  }

  private static long digest(long seed, int rounds, int steps, Outside outside) {
    Common[] common = new Common[COMMON];
    for (int i = 0; i < COMMON; i++) {
      common[i] = new Common(-1 - i);
    }
    List<Script> scripts = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      scripts.add(new Script(seed, t, common, outside));
    }
    outside.begin(seed);
    for (int round = 0; round < rounds; round++) {
      runAll(scripts, steps);
      if (round % 2 == 1) {
        System.gc();
      }
      outside.check(live(scripts, common), round == rounds - 1);
    }
    outside.end();
    long digest = 0;
    for (Script script : scripts) {
      digest = digest * 31 + script.digest();
    }
    return digest;
  }

  private static void runAll(List<Script> scripts, int steps) {
    List<Throwable> thrown = Collections.synchronizedList(new ArrayList<>());
    List<Thread> threads = new ArrayList<>();
    for (Script script : scripts) {
      Thread thread = new Thread(() -> script.run(steps), "script-" + threads.size());
      thread.setUncaughtExceptionHandler((which, e) -> thrown.add(e));
      thread.start();
      threads.add(thread);
    }
    threads.forEach(Check::join);
    if (!thrown.isEmpty()) {
      throw new AssertionError(thrown.get(0).toString(), thrown.get(0));
    }
  }

  private static Collection<Object> live(List<Script> scripts, Common[] common) {
    Set<Object> live = Collections.newSetFromMap(new IdentityHashMap<>());
    Deque<Object> work = new ArrayDeque<>(List.of(common));
    scripts.forEach(script -> work.addAll(List.of(script.cells())));
    while (!work.isEmpty()) {
      if (work.pop() instanceof Cell cell && live.add(cell)) {
        push(work, cell.next);
        push(work, cell.any);
        if (cell instanceof Common shared) {
          push(work, shared.link);
          push(work, shared.thing);
        } else if (cell instanceof Leaf leaf) {
          push(work, leaf.child);
        }
      }
    }
    return live;
  }

  private static void push(Deque<Object> work, Object object) {
    if (object != null) {
      work.push(object);
    }
  }
}
