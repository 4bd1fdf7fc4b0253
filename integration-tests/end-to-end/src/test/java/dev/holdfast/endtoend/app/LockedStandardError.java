package dev.holdfast.endtoend.app;

import dev.holdfast.endtoend.support.Check;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.CountDownLatch;

/**
 * A program's own standard error wants a lock, whose holder loads a class that cannot be managed
 * and makes an object of another one, while a third thread prints: Holdfast's lines hold nobody up.
 */
public final class LockedStandardError {
  private static final Object LOCK = new Object();
  private static final CountDownLatch HELD = new CountDownLatch(1);
  private static final CountDownLatch PRINTING = new CountDownLatch(1);

  private LockedStandardError() {}

  /** Has a field of the very name that the agent adds: told when it is loaded. */
  static class Base {
    int $slot;
  }

  /** Told at its first object. */
  static class Below extends Base {
    int more = 7;
  }

  /** Takes the lock for each line, as many a logging system does. */
  private static final class Locking extends OutputStream {
    @Override
    public void write(int b) {
      write(new byte[] {(byte) b}, 0, 1);
    }

    @Override
    public void write(byte[] bytes, int from, int count) {
      PRINTING.countDown();
      synchronized (LOCK) {
        PRINTING.countDown();
      }
    }
  }

  public static void main(String[] args) throws InterruptedException {
    System.setErr(new PrintStream(new Locking(), true, StandardCharsets.UTF_8));
    Thread holder = daemon(LockedStandardError::make);
    HELD.await();
    Thread printer = daemon(() -> System.err.println("a line of the program"));
    Check.eventually("the lock's holder has ended", () -> !holder.isAlive());
    Check.eventually("the printer has ended", () -> !printer.isAlive());
  }

  private static void make() {
    synchronized (LOCK) {
      HELD.countDown();
      try {
        PRINTING.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      Check.equal(7, new Below().more, "it works as ever");
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
