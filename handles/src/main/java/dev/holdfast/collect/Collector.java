package dev.holdfast.collect;

import dev.holdfast.arena.Arena;
import dev.holdfast.arena.Chunk;
import dev.holdfast.arena.Memory;
import dev.holdfast.hook.Cohort;
import dev.holdfast.hook.HookState;
import dev.holdfast.hook.Mirrors;
import dev.holdfast.hook.ThreadRecord;
import dev.holdfast.layout.Layouts;
import dev.holdfast.space.CohortRef;
import dev.holdfast.space.Nursery;
import dev.holdfast.space.OldSpace;
import dev.holdfast.stats.Log;
import dev.holdfast.table.Counts;
import dev.holdfast.table.EntryTable;
import java.lang.ref.PhantomReference;
import java.lang.ref.Reference;
import java.lang.ref.ReferenceQueue;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicInteger;

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
  private static final int REPAIRS_AT_ONCE = 4096;
  private static final int RETRIES_MOST = 1 << 20;

  private record Request(Runnable work, CountDownLatch done) {}

  private final EntryTable table;
  private final Memory memory;
  private final Arena arena;
  private final Nursery nursery;
  private final OldSpace oldSpace;
  private final Counts counts;
  private final Layouts layouts;
  private final ReferenceQueue<Cohort> deaths;
  private final boolean mirrors;
  private final long nurseryBytes;
  private final CollectorFigures figures;
  private final ConcurrentLinkedQueue<Request> requests = new ConcurrentLinkedQueue<>();
  private final ConcurrentLinkedQueue<Runnable> retries = new ConcurrentLinkedQueue<>();
  private final AtomicInteger retryCount = new AtomicInteger();
  private final Pressure pressure;
  private final Watch watch;
  private final boolean verify;
  private final Limbo limbo;
  private final Thread thread;

  private volatile NativeOps ops;
  private volatile boolean stopped;
  private Evacuation evacuation;
  private Reference<Cohort> canary;
  private boolean collected;
  private long swept;

  Collector(
      EntryTable table,
      Arena arena,
      Nursery nursery,
      OldSpace oldSpace,
      Counts counts,
      Layouts layouts,
      ReferenceQueue<Cohort> deaths,
      CollectorFigures figures,
      EngineOptions options,
      boolean mirrors) {
    this.table = table;
    this.memory = table.memory();
    this.arena = arena;
    this.nursery = nursery;
    this.oldSpace = oldSpace;
    this.counts = counts;
    this.layouts = layouts;
    this.deaths = deaths;
    this.figures = figures;
    this.mirrors = mirrors;
    this.nurseryBytes = options.nurseryBytes();
    this.verify = options.verify();
    this.pressure = new Pressure(arena);
    this.watch = new Watch(table.block());
    this.limbo = new Limbo(table, this);
    this.thread = SystemThread.of(this, "holdfast-collector");
  }

  void start() {
    plantCanary();
    thread.start();
  }

  /** libholdfast is here: moving starts. */
  void attach(NativeOps nativeOps) {
    run(
        () -> {
          MoveBatch mover = new MoveBatch(memory, oldSpace, limbo, nativeOps, figures);
          ops = nativeOps;
          evacuation =
              new Evacuation(
                  table, nursery, oldSpace, nurseryBytes, mover, this::betweenBatches, figures);
          if (nativeOps.membarrier() && mirrors) {
            HookState.fencesNotNeeded();
          }
        });
  }

  void stop() {
    stopped = true;
    wake();
  }

  boolean isCurrentThread() {
    return Thread.currentThread() == thread;
  }

  /**
   * Has the collector's thread do something and waits for it; at most {@code 10} s. The caller is
   * in no section and no scope.
   */
  void run(Runnable work) {
    if (isCurrentThread()) {
      work.run();
      return;
    }
    Request request = new Request(work, new CountDownLatch(1));
    requests.add(request);
    wake();
    boolean interrupted = false;
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(10);
    while (!stopped && System.nanoTime() < deadline) {
      try {
        if (request.done().await(100, TimeUnit.MILLISECONDS)) {
          break;
        }
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
  }

  private void wake() {
    new PhantomReference<Cohort>(null, deaths).enqueue();
  }

  private void plantCanary() {
    canary = new PhantomReference<>(new Cohort(0, 0), deaths);
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
    boolean busy = !limbo.isEmpty() || (mirrors && Mirrors.repairsWaiting());
    take(deaths.remove(busy ? BUSY_MILLIS : IDLE_MILLIS));
    takeDeaths();
    counts.drain();
    limbo.seal();
    reclaim();
    serve();
    if (!mirrors) {
      return;
    }
    if (Mirrors.repairsWaiting()) {
      figures.repairs += Mirrors.repair(REPAIRS_AT_ONCE, this::retryLater);
    }
    if (System.nanoTime() - swept > SWEEP_NANOS) {
      swept = System.nanoTime();
      ThreadRecord.sweep();
      watch.look();
    }
    if (collected) {
      collected = false;
      if (evacuation != null) {
        evacuation.collect(false);
      }
      if (verify) {
        validate();
      }
    }
    pressure.look(figures.jvmCollections);
  }

  /** Looks at everything on the queue of deaths. */
  private void takeDeaths() {
    Reference<? extends Cohort> more;
    while ((more = deaths.poll()) != null) {
      take(more);
    }
  }

  private void take(Reference<? extends Cohort> cleared) {
    if (cleared == canary) {
      figures.jvmCollections++;
      collected = true;
      plantCanary();
    } else if (cleared instanceof CohortRef ref) {
      ref.die();
      table.retire(ref);
      Chunk chunk = ref.chunk();
      chunk.space().left(chunk, ref);
      limbo.died(chunk, ref.bytes(), ref.index());
      figures.deaths++;
    }
  }

  private void reclaim() {
    limbo.reclaim();
    if (mirrors && HookState.full() && arena.hasRoom()) {
      HookState.setFull(false);
      retryCount.set(0);
      Runnable retry;
      while ((retry = retries.poll()) != null) {
        retry.run();
      }
    }
  }

  private void betweenBatches() {
    counts.drain();
    limbo.reclaim();
  }

  /** Keeps a repair that found the arena full. Any thread. */
  void retryLater(Runnable retry) {
    if (retryCount.incrementAndGet() <= RETRIES_MOST) {
      retries.add(
          retry); // beyond that a field is mended when it is next written or its object handed over
    }
  }

  private void serve() {
    Request request;
    while ((request = requests.poll()) != null) {
      try {
        request.work().run();
      } catch (Throwable e) {
        HookState.failed(e);
      } finally {
        request.done().countDown();
      }
    }
  }

  /** With {@code verify=true}: says which invariants do not hold. */
  private void validate() {
    Validation validation = new Validation(table, counts, layouts, this);
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
    HookState.setFull(true);
    wake();
  }

  /** Looks at the release queue. Any thread. */
  void drainReleased() {
    counts.drain();
  }

  /** All that the JVM has told so far, then both collections. */
  void collectNow() {
    takeDeaths();
    limbo.seal();
    limbo.reclaim();
    nursery.seal();
    oldSpace.seal();
    if (evacuation != null) {
      evacuation.collect(true);
    }
  }

  List<Chunk> chunks() {
    List<Chunk> all = new ArrayList<>(nursery.chunks());
    all.addAll(oldSpace.chunks());
    return all;
  }

  List<Chunk.Resident> residents(Chunk chunk) {
    return isOld(chunk) ? oldSpace.residents(chunk) : nursery.residents(chunk);
  }

  boolean isOld(Chunk chunk) {
    return chunk.space() == oldSpace;
  }
}
