package dev.holdfast.stats;

import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.nio.charset.Charset;
import java.util.Locale;

/**
 * Log lines on standard error: {@code holdfast: warn: ...}.
 *
 * <p>Holdfast runs before the application has chosen a logging system and must not choose one for
 * it, so it uses none. Callable from any thread; never throws.
 */
public final class Log {
  /** What a line is about, the gravest first. */
  public enum Level {
    ERROR,
    WARN,
    INFO,
    DEBUG
  }

  private static final FileOutputStream DIRECT = direct();

  private static volatile Level level = Level.WARN;

  private Log() {}

  /** Prints lines of this level and graver ones from now on; {@link Level#WARN} at the start. */
  public static void level(Level wanted) {
    level = wanted;
  }

  public static boolean prints(Level wanted) {
    return wanted.compareTo(level) <= 0;
  }

  /** Something that was asked for does not work. */
  public static void error(String line) {
    print(Level.ERROR, line);
  }

  /** Something is wrong, and Holdfast goes on. */
  public static void warn(String line) {
    print(Level.WARN, line);
  }

  /**
   * The same where the program's thread may hold any lock, as in a hook or while a class is loaded:
   * past {@code System.err}, which may be the program's own code and want one, unless a security
   * manager forbids that.
   */
  public static void warnUnderLocks(String line) {
    if (DIRECT == null) {
      warn(line);
    } else if (prints(Level.WARN)) {
      try {
        DIRECT.write(text(Level.WARN, line).getBytes(Charset.defaultCharset()));
      } catch (IOException e) {
        // nobody reads standard error
      }
    }
  }

  public static void info(String line) {
    print(Level.INFO, line);
  }

  public static void debug(String line) {
    print(Level.DEBUG, line);
  }

  private static FileOutputStream direct() {
    try {
      return new FileOutputStream(FileDescriptor.err);
    } catch (SecurityException e) {
      return null;
    }
  }

  private static void print(Level of, String line) {
    if (prints(of)) {
      // One call, so that lines of two threads do not mix.
      System.err.print(text(of, line));
    }
  }

  private static String text(Level of, String line) {
    String name = of.name().toLowerCase(Locale.ROOT);
    return "holdfast: " + name + ": " + line + System.lineSeparator();
  }
}
