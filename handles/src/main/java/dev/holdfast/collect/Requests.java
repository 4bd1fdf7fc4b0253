package dev.holdfast.collect;

import dev.holdfast.hook.HookState;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicBoolean;

/** What other threads have the collector's thread do, and wait for. */
final class Requests {
  /** How long somebody who asks for something waits for its beginning. */
  private static final int BEGIN_SECONDS = 10;

  private static final int LOOK_MILLIS = 100;

  /** Either it begins or the asker gives it up: {@code taken} says which of the two came first. */
  private record Request(Runnable work, AtomicBoolean taken, CountDownLatch done) {}

  private final ConcurrentLinkedQueue<Request> waiting = new ConcurrentLinkedQueue<>();
  private final Runnable wake;
  private volatile boolean stopped;

  /**
   * @param wake has the collector's thread look here soon
   */
  Requests(Runnable wake) {
    this.wake = wake;
  }

  /** Nothing is begun any more. */
  void stop() {
    stopped = true;
  }

  /**
   * Waits for the end of what it asks for. Not on the collector's thread; the caller is in no
   * section and no scope.
   *
   * @return false if it was not begun within {@value #BEGIN_SECONDS} s or before the JVM's end, and
   *     is not going to be: what was begun is waited for
   */
  boolean run(Runnable work) {
    Request request = new Request(work, new AtomicBoolean(), new CountDownLatch(1));
    waiting.add(request);
    wake.run();
    boolean interrupted = false;
    boolean done = false;
    long deadline = System.nanoTime() + TimeUnit.SECONDS.toNanos(BEGIN_SECONDS);
    while (!done) {
      boolean late = stopped || System.nanoTime() - deadline > 0;
      if (late && request.taken().compareAndSet(false, true)) {
        break;
      }
      try {
        done = request.done().await(LOOK_MILLIS, TimeUnit.MILLISECONDS);
      } catch (InterruptedException e) {
        interrupted = true;
      }
    }
    if (interrupted) {
      Thread.currentThread().interrupt();
    }
    return done;
  }

  /** Does what was asked for. Collector's thread. */
  void serve() {
    Request request;
    while ((request = waiting.poll()) != null) {
      if (!request.taken().compareAndSet(false, true)) {
        continue;
      }
      try {
        request.work().run();
      } catch (Throwable e) {
        HookState.failed(e);
      } finally {
        request.done().countDown();
      }
    }
  }
}
