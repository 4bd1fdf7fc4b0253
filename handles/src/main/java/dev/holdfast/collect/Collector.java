package dev.holdfast.collect;

import dev.holdfast.arena.Memory;
import dev.holdfast.hook.Cohort;
import dev.holdfast.hook.HookState;
import dev.holdfast.hook.Mirrors;
import dev.holdfast.hook.ThreadRecord;
import dev.holdfast.layout.Layouts;
import dev.holdfast.space.CohortRef;
import dev.holdfast.space.SampleRef;
import dev.holdfast.stats.Log;
import dev.holdfast.table.Counts;
import dev.holdfast.table.EntryTable;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.concurrent.TimeUnit;

/**
 * The thread {@code holdfast-collector}: the only one that retires cohorts, moves them and reuses
 * memory.
 */
final class Collector implements Runnable {
  /** Longest time between two looks at the release queue. */
  private static final long IDLE_MILLIS = 50;

  /** While repairs or grace periods wait. */
  private static final long BUSY_MILLIS = 2;

  private static final long SWEEP_NANOS = TimeUnit.MILLISECONDS.toNanos(200);
  private static final long TRIM_NANOS = TimeUnit.SECONDS.toNanos(1);
  private static final int TRIMMED_AT_ONCE = 64;

  /** So long a collection of ours waits for the end of the deaths that the JVM's has to tell. */
  private static final long TOLD_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private static final int REPAIRS_AT_ONCE = 4096;

  private final EntryTable table;
  private final Memory memory;
  private final Spaces spaces;
  private final SiteProfile profile;
  private final Counts counts;
  private final Layouts layouts;
  private final ReferenceQueue<Cohort> deaths;
  private final boolean mirrors;
  private final long nurseryBytes;
  private final CollectorFigures figures;
  private final Requests requests = new Requests(this::wake);
  private final Retries retries = new Retries();
  private final Canary canary;
  private final Pressure pressure;
  private final Fullness fullness;
  private final Drain drain;
  private final Holdups holdups;
  private final Watch watch;
  private final boolean verify;
  private final Limbo limbo;
  private final Thread thread;

  /** What {@link #attach} leaves to do, null when it is done. */
  private volatile Runnable attaching;

  private volatile NativeOps ops;
  private volatile boolean stopped;
  private Evacuation evacuation;
  private boolean collected;
  private long collectedAt;
  private long swept;
  private long trimmed;

  Collector(
      EntryTable table,
      Spaces spaces,
      Counts counts,
      Layouts layouts,
      SiteProfile profile,
      ReferenceQueue<Cohort> deaths,
      Canary canary,
      CollectorFigures figures,
      EngineOptions options,
      boolean mirrors) {
    this.table = table;
    this.memory = table.memory();
    this.spaces = spaces;
    this.profile = profile;
    this.counts = counts;
    this.layouts = layouts;
    this.deaths = deaths;
    this.canary = canary;
    this.figures = figures;
    this.mirrors = mirrors;
    this.nurseryBytes = options.nurseryBytes();
    this.verify = options.verify();
    this.pressure = new Pressure(new ArenaSituation(spaces.arena()), spaces.arena().limit());
    this.fullness = new Fullness(spaces.arena(), table.block());
    this.limbo = new Limbo(table, this);
    this.thread = SystemThread.of(this, "holdfast-collector");
    this.drain = new Drain(counts);
    this.holdups = new Holdups(table, drain, thread);
    this.watch = new Watch(table, fullness, holdups, Watch.LONG_NANOS);
  }

  void start() {
    canary.plant();
    thread.start();
    watch.start();
  }

  /**
   * libholdfast is here: moving starts. When this returns, or later where the collector's thread
   * gets no processor for so long that nobody waits for it.
   */
  void attach(NativeOps nativeOps) {
    attaching =
        () -> {
          MoveBatch mover = new MoveBatch(memory, spaces.old(), limbo, nativeOps, figures);
          ops = nativeOps;
          evacuation =
              new Evacuation(table, spaces, nurseryBytes, mover, this::betweenBatches, figures);
          if (nativeOps.membarrier() && mirrors) {
            HookState.fencesNotNeeded();
          }
        };
    run(this::finishAttaching);
  }

  private void finishAttaching() {
    Runnable work = attaching;
    if (work != null) {
      attaching = null;
      work.run();
    }
  }

  void stop() {
    stopped = true;
    requests.stop();
    watch.stop();
    wake();
  }

  boolean isCurrentThread() {
    return Thread.currentThread() == thread;
  }

  /**
   * Has the collector's thread do something and waits for its end. The caller is in no section and
   * no scope.
   *
   * @return as {@link Requests#run}
   */
  boolean run(Runnable work) {
    if (isCurrentThread()) {
      work.run();
      return true;
    }
    return requests.run(work);
  }

  /**
   * The same for what people ask for.
   *
   * @throws IllegalStateException when it was not begun
   */
  void runNow(Runnable work) {
    if (!run(work)) {
      StackTraceElement[] stack = thread.getStackTrace();
      throw new IllegalStateException(
          "not done: the collector's thread has not come to it, it is at "
              + (stack.length == 0 ? "its end" : stack[0]));
    }
  }

  private void wake() {
    new PhantomReference<Cohort>(null, deaths).enqueue();
  }

  /** A full fence on every thread that writes mirrors or reads them. */
  void heavyFence() {
    NativeOps now = ops;
    if (now != null) {
      now.heavyFence();
    } else {
      memory.fullFence(); // until libholdfast is attached every thread fences for itself
    }
  }

  @Override
  public void run() {
    while (!stopped) {
      guarded();
    }
  }

  /**
   * One step, whatever it throws. The {@code return} in {@code finally} is what keeps this thread
   * alive when the program has used up the memory: a catch clause has its class resolved when it is
   * first needed, which can throw again, out of the method; this catches without resolving
   * anything.
   */
  @SuppressWarnings({"finally", "Finally"})
  private void guarded() {
    try {
      step();
    } catch (Throwable e) {
      HookState.failed(e);
    } finally {
      return;
    }
  }

  private void step() throws InterruptedException {
    canary.plant();
    canary.renew();
    boolean busy = collected || !limbo.isEmpty() || (mirrors && Mirrors.repairsWaiting());
    Reference<? extends Cohort> first = deaths.remove(busy ? BUSY_MILLIS : IDLE_MILLIS);
    take(first);
    takeDeaths();
    drain.run();
    limbo.seal();
    reclaim();
    requests.serve();
    finishAttaching();
    if (!mirrors) {
      return;
    }
    if (Mirrors.repairsWaiting()) {
      figures.repairs += Mirrors.repair(REPAIRS_AT_ONCE, this::retryLater);
    }
    if (System.nanoTime() - swept > SWEEP_NANOS) {
      swept = System.nanoTime();
      ThreadRecord.sweep();
      table
          .block()
          .setArena(spaces.arena().used(), spaces.arena().limit(), ThreadRecord.totals().refused);
    }
    // Deaths are told one after the other: before the last, chunks look fuller than they are.
    if (collected && (first == null || System.nanoTime() - collectedAt > TOLD_NANOS)) {
      collected = false;
      if (evacuation != null) {
        evacuation.collect(false);
      }
      if (verify) {
        validate();
      }
    }
    pressure.look();
    figures.requests = pressure.requests();
    trim();
  }

  private void trim() {
    NativeOps now = ops;
    if (now != null && System.nanoTime() - trimmed > TRIM_NANOS) {
      trimmed = System.nanoTime();
      spaces.arena().trim(now::discard, TRIMMED_AT_ONCE);
    }
  }

  /**
   * Looks at everything on the queue of deaths. That may last until the JVM collects again, which
   * is to be seen too.
   */
  private void takeDeaths() {
    Reference<? extends Cohort> more;
    while ((more = deaths.poll()) != null) {
      take(more);
      canary.plant();
    }
  }

  /** The queue tells each of them once: until it is noted, nothing here may allocate. */
  private void take(Reference<? extends Cohort> cleared) {
    if (canary.tells(cleared)) {
      collected = true;
      collectedAt = System.nanoTime();
      profile.collected(canary.told());
    } else if (cleared instanceof CohortRef ref) {
      ref.die();
      table.retire(ref);
      ref.chunk().space().left(ref.chunk(), ref);
      limbo.add(ref);
      figures.deaths++;
      if (ref instanceof SampleRef sample) {
        profile.died(sample);
      }
    }
  }

  /** The JVM may have collected and not told of it yet. Waits for that, but not for long. */
  private void awaitTold() {
    long since = System.nanoTime();
    try {
      while (canary.seen() > canary.told() && System.nanoTime() - since < TOLD_NANOS) {
        take(deaths.remove(BUSY_MILLIS));
      }
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt(); // nobody does; the next step goes on
    }
  }

  private void reclaim() {
    limbo.reclaim();
    if (mirrors && fullness.end()) {
      retries.run();
    }
  }

  private void betweenBatches() {
    drain.run();
    limbo.reclaim();
  }

  /** Keeps a repair that found the arena full. Any thread. */
  void retryLater(Runnable retry) {
    retries.add(retry);
  }

  /** With {@code verify=true}: says which invariants do not hold. */
  private void validate() {
    Validation validation = new Validation(table, counts, layouts, spaces);
    validation.run();
    validation.broken().forEach(Log::error);
  }

  /** Moves something at once; nothing before libholdfast is here. */
  void zeal(Cohort latest) {
    if (evacuation != null) {
      evacuation.zeal(latest);
    }
  }

  /** The arena has no room for newborn mirrors: hooks need not ask until it has. */
  void full() {
    fullness.begin();
    wake();
    watch.wake();
  }

  /** How often the arena was full. */
  long timesFull() {
    return fullness.times();
  }

  /** Looks at the release queue. Any thread. */
  void drainReleased() {
    drain.run();
  }

  /** What keeps memory from being reused. */
  Holdups holdups() {
    return holdups;
  }

  /** What the JVM has told of its latest collection, then both of ours. */
  void collectNow() {
    awaitTold();
    takeDeaths();
    limbo.seal();
    limbo.reclaim();
    spaces.seal();
    if (evacuation != null) {
      evacuation.collect(true);
    }
  }
}
