package dev.holdfast.demo;

import java.io.Console;
import java.io.PrintStream;
import java.util.concurrent.TimeUnit;

/** Says on standard error how far the work is: in one line on a terminal, else at each quarter. */
final class Progress {
  private static final long REDRAW_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

  private final PrintStream out;
  private final boolean terminal;
  private long drawnAt = System.nanoTime() - REDRAW_NANOS;

  Progress(PrintStream out, boolean terminal) {
    this.out = out;
    this.terminal = terminal;
  }

  static Progress onStandardError() {
    return new Progress(System.err, isTerminal(System.console()));
  }

  /** Until JDK 21 there is a console only on a terminal; later ones must be asked. */
  private static boolean isTerminal(Console console) {
    try {
      return console != null && (boolean) Console.class.getMethod("isTerminal").invoke(console);
    } catch (NoSuchMethodException e) {
      return true;
    } catch (ReflectiveOperationException e) {
      return false;
    }
  }

  /** Called after each step, cheap when there is nothing new to say. Steps are counted from 1. */
  void show(String what, long done, long of) {
    if (terminal) {
      long now = System.nanoTime();
      if (now - drawnAt >= REDRAW_NANOS || done == of) {
        drawnAt = now;
        out.printf("\r%s: %,d of %,d%s", what, done, of, done == of ? "\n" : "");
        out.flush();
      }
    } else if (done * 4 / of > (done - 1) * 4 / of) {
      out.printf("%s: %,d of %,d%n", what, done, of);
    }
  }
}
