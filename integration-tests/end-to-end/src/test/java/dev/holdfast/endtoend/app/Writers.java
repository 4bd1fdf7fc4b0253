package dev.holdfast.endtoend.app;

import dev.holdfast.Holdfast;
import dev.holdfast.endtoend.support.Check;
import dev.holdfast.endtoend.support.Mirror;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;

/** Threads write fields of all kinds, their own and shared volatile ones, while all moves. */
@SuppressWarnings({"EnumOrdinal", "NarrowingCompoundAssignment"}) // odd on purpose
public final class Writers {
  private static final int THREADS = 3;
  private static final int OBJECTS = 200;
  private static final int WRITES = 20_000;
  private static final Shared[] SHARED = new Shared[16];

  private Writers() {}

  enum Phase {
    NEW,
    OLD,
    GONE
  }

  static final class Own {
    boolean truth;
    byte small;
    char letter;
    short half;
    int number;
    long big;
    float real;
    double precise;
    Phase phase;
    Own other;
    Object any;

    void write(SplittableRandom random, Own[] all) {
      switch (random.nextInt(12)) {
        case 0 -> truth = !truth;
        case 1 -> small += 3;
        case 2 -> letter++;
        case 3 -> half -= 5;
        case 4 -> number = random.nextInt();
        case 5 -> big = random.nextLong();
        case 6 -> real = (float) random.nextDouble();
        case 7 -> precise *= 1.5;
        case 8 -> phase = random.nextBoolean() ? null : Phase.values()[random.nextInt(3)];
        case 9 -> other = random.nextInt(4) == 0 ? null : all[random.nextInt(all.length)];
        case 10 -> any = random.nextBoolean() ? "text" : new Own();
        default -> {
          int at = random.nextInt(all.length);
          all[at] = new Own();
          all[at].precise = 1;
        }
      }
    }
  }

  static final class Shared {
    volatile int number;
    volatile long big;
    volatile double precise;
    volatile Phase phase;
    volatile Object any;
    volatile Shared other;
    volatile boolean truth;

    void write(SplittableRandom random) {
      number = random.nextInt();
      big = random.nextLong();
      precise = random.nextDouble();
      phase = Phase.values()[random.nextInt(3)];
      any = random.nextBoolean() ? null : new Own();
      other = random.nextBoolean() ? null : SHARED[random.nextInt(SHARED.length)];
      truth = random.nextBoolean();
    }
  }

  public static void main(String[] args) {
    for (int i = 0; i < SHARED.length; i++) {
      SHARED[i] = new Shared();
    }
    List<Own[]> owned = new ArrayList<>();
    List<Thread> threads = new ArrayList<>();
    for (int t = 0; t < THREADS; t++) {
      Own[] own = new Own[OBJECTS];
      owned.add(own);
      int seed = t;
      Thread thread = new Thread(() -> write(own, new SplittableRandom(seed)), "writer-" + t);
      thread.start();
      threads.add(thread);
    }
    threads.forEach(Check::join);
    for (Own[] own : owned) {
      for (Own object : own) {
        Mirror.check(object);
      }
    }
    Mirror.checkAll((Object[]) SHARED);
    Check.equal(0L, Holdfast.stats().unmirroredTotal(), "the arena was never full");
  }

  private static void write(Own[] own, SplittableRandom random) {
    for (int i = 0; i < own.length; i++) {
      own[i] = new Own();
    }
    for (int i = 0; i < WRITES; i++) {
      own[random.nextInt(own.length)].write(random, own);
      SHARED[random.nextInt(SHARED.length)].write(random);
    }
  }
}
