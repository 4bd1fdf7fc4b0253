package dev.holdfast.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.ChildJvm;
import dev.holdfast.Eventually;
import dev.holdfast.hook.Cohort;
import java.lang.management.ManagementFactory;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;

/**
 * A young collection that has no room among the survivors, in a JVM whose old generation is never
 * collected. Goes red when nothing stands by the canary that went to the old generation.
 */
class CanaryTest {
  @Test
  void theNextCollectionIsToldThoughTheCanaryHasGrownOld() {
    ChildJvm child = ChildJvm.run(Program.class, "-XX:+UseSerialGC", "-Xmx256m", "-Xmn8m", "-Xint");
    assertThat(child.output()).contains("grown old", "told after").doesNotContain("Exception");
    assertThat(child.exitCode()).isZero();
  }

  /** Goes red when the clock waits for the queue. */
  @Test
  void theClockSeesACollectionBeforeItIsTold() throws InterruptedException {
    ReferenceQueue<Cohort> deaths = new ReferenceQueue<>();
    Canary canary = new Canary(deaths);
    canary.plant();
    assertThat(canary.seen()).isZero();
    System.gc();
    assertThat(canary.seen()).isEqualTo(1);
    assertThat(canary.told()).isZero();
    assertThat(canary.tells(deaths.remove(60_000))).isTrue();
    assertThat(canary.seen()).isEqualTo(1);
    assertThat(canary.told()).isEqualTo(1);
  }

  @Test
  void aCanaryOfAChunkIsClearedByACollectionThatBeginsAfterIt() {
    Reference<?> canary = new Canary(new ReferenceQueue<>()).canary();
    Eventually.holdsAfterCollections("it is cleared", () -> canary.refersTo(null));
  }

  /** Runs in the child. */
  static final class Program {
    private static final int SURVIVORS = 5_000;
    private static final long DEADLINE = TimeUnit.SECONDS.toNanos(20);

    private static long allocated;

    private Program() {}

    public static void main(String[] args) {
      ReferenceQueue<Cohort> deaths = new ReferenceQueue<>();
      Object[] held = held(deaths);
      collectYoung();
      Canary canary = canary(held);
      if (tells(canary, deaths)) {
        throw new AssertionError("the survivors had room");
      }
      System.out.println("grown old");
      long start = System.nanoTime();
      do {
        canary.renew();
        collectYoung();
      } while (!tells(canary, deaths) && System.nanoTime() - start < DEADLINE);
      if (System.nanoTime() - start >= DEADLINE) {
        throw new AssertionError("not told");
      }
      if (collections(1) != 0) {
        throw new AssertionError("an old collection may have told");
      }
      System.out.println("told after " + allocated + " bytes");
    }

    /** Breadth first is how this collector copies: the canary comes after what takes the room. */
    private static Object[] held(ReferenceQueue<Cohort> deaths) {
      byte[][] survivors = new byte[SURVIVORS][1000];
      Canary canary = new Canary(deaths);
      canary.plant();
      return new Object[] {survivors, new Object[] {new Object[] {canary}}};
    }

    private static Canary canary(Object[] held) {
      return (Canary) ((Object[]) ((Object[]) held[1])[0])[0];
    }

    private static void collectYoung() {
      long before = collections(0);
      while (collections(0) == before) {
        for (int i = 0; i < 100; i++) {
          allocated += new byte[1000].length;
        }
      }
    }

    private static boolean tells(Canary canary, ReferenceQueue<Cohort> deaths) {
      try {
        Reference<?> told = deaths.remove(100);
        return canary.tells(told);
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
    }

    /** Of the young generation (0) or the old one (1). */
    private static long collections(int generation) {
      return ManagementFactory.getGarbageCollectorMXBeans().get(generation).getCollectionCount();
    }
  }
}
