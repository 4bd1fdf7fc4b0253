package dev.holdfast.stats;

import java.util.Map;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.LongSupplier;

/**
 * Warnings about handles used wrongly. C code that has gone wrong does so a million times a second:
 * of each kind the first {@value #FIRST} are printed, then at most one a second, which says how
 * many were left out. Callable from any thread.
 */
public final class MisuseLog {
  static final int FIRST = 5;
  private static final long QUIET_NANOS = TimeUnit.SECONDS.toNanos(1);

  /** The log of this JVM, on standard error. */
  public static final MisuseLog JVM = new MisuseLog(Log::warn, System::nanoTime);

  private final Map<String, Kind> kinds = new ConcurrentHashMap<>();
  private final Consumer<String> out;
  private final LongSupplier nanoTime;

  MisuseLog(Consumer<String> out, LongSupplier nanoTime) {
    this.out = out;
    this.nanoTime = nanoTime;
  }

  /**
   * Reports one misuse.
   *
   * @param kind what is counted together, from a small fixed set: {@code HF_ESTALE}
   * @param line says all, also its kind
   */
  public void report(String kind, String line) {
    String printed = kinds.computeIfAbsent(kind, k -> new Kind()).next(line, nanoTime);
    if (printed != null) {
      out.accept(printed);
    }
  }

  private static final class Kind {
    private long printed;
    private long leftOut;
    private long lastNanos;

    synchronized String next(String line, LongSupplier nanoTime) {
      long now = nanoTime.getAsLong();
      if (printed >= FIRST && now - lastNanos < QUIET_NANOS) {
        leftOut++;
        return null;
      }
      String whole = leftOut == 0 ? line : line + " (" + leftOut + " more like it not printed)";
      printed++;
      leftOut = 0;
      lastNanos = now;
      return whole;
    }
  }
}
