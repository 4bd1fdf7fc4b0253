package dev.holdfast.endtoend.app;

import dev.holdfast.Holdfast;
import dev.holdfast.endtoend.support.Check;
import dev.holdfast.endtoend.support.Probe;
import java.io.OutputStream;
import java.io.PrintStream;
import java.lang.management.ManagementFactory;
import java.nio.charset.StandardCharsets;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import javax.management.JMException;
import javax.management.ObjectName;

/**
 * A program's own standard error wants a lock, which its holder does not let go of while another
 * thread prints. Whatever the holder has Holdfast say, Holdfast's lines hold nobody up: as it loads
 * a class that cannot be managed, makes an object of another one, misuses handles from C and throws
 * into C; and what the watch's thread, which it waits for, says of an arena that is full. With
 * {@code arena=4m}.
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

  /** Of objects that C cannot have. */
  private static final class Broken extends AbstractList<Object> {
    @Override
    public Object get(int index) {
      throw new IllegalStateException("on purpose");
    }

    @Override
    public int size() {
      return 1;
    }
  }

  static final class Item {
    int number;
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
    Check.agentHasStarted();
    PrintStream usual = System.err;
    System.setErr(new PrintStream(new Locking(), true, StandardCharsets.UTF_8));
    try {
      Thread holder = daemon(LockedStandardError::hold);
      HELD.await();
      Thread printer = daemon(() -> System.err.println("a line of the program"));
      Check.eventually(
          () -> "the lock's holder has ended, at " + Arrays.toString(holder.getStackTrace()),
          () -> !holder.isAlive());
      Check.eventually("the printer has ended", () -> !printer.isAlive());
    } finally {
      System.setErr(usual);
    }
  }

  private static void hold() {
    synchronized (LOCK) {
      HELD.countDown();
      try {
        PRINTING.await();
      } catch (InterruptedException e) {
        throw new AssertionError(e);
      }
      Check.equal(7, new Below().more, "it works as ever");
      callFromC();
      fillTheArena();
    }
  }

  private static void callFromC() {
    long bits = Holdfast.retain(new Broken());
    Check.equal(-16L, Probe.C.probe_leak_elements(bits, 1, new long[1]), "HF_EJAVA");
    Probe.C.probe_release(bits);
    Probe.C.probe_release(bits);
    Check.equal(-5, Probe.C.probe_status(), "HF_EOVERRELEASE");
  }

  private static void fillTheArena() {
    List<Item> kept = new ArrayList<>();
    while (kept.size() % 1000 != 0 || Holdfast.stats().unmirroredTotal() == 0) {
      kept.add(new Item());
    }
    for (int i = 0; i < 2; i++) { // the first may come in a step that began before it was full
      Check.eventually("the collector's thread goes on", LockedStandardError::collects);
    }
    Check.watchHasLooked();
  }

  private static boolean collects() {
    try {
      ManagementFactory.getPlatformMBeanServer()
          .invoke(new ObjectName("dev.holdfast:type=Collector"), "collect", null, null);
      return true;
    } catch (JMException | RuntimeException e) {
      return false; // its thread has not come to it
    }
  }

  private static Thread daemon(Runnable work) {
    Thread thread = new Thread(work);
    thread.setDaemon(true);
    thread.start();
    return thread;
  }
}
