package dev.holdfast.stats;

import java.io.ByteArrayOutputStream;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.nio.charset.Charset;

/**
 * Log lines on the JVM's own standard error: {@code holdfast: warn: ...}.
 *
 * <p>Holdfast runs before the application has chosen a logging system and must not choose one for
 * it, so it uses none. Nor does it use {@code System.err}: a line may be printed while its thread
 * holds any lock, as in a hook, while a class is loaded or in a call from C, or by a thread that
 * others wait for; and what the program has put there may want a lock, too. Where little memory or
 * stack is left, no line may initialise a class of the JDK, which would be lost to the program if
 * that failed. Callable from any thread; throws nothing but Errors for want of memory or stack.
 */
public final class Log {
  /** What a line is about, the gravest first. */
  public enum Level {
    ERROR("error"),
    WARN("warn"),
    INFO("info"),
    DEBUG("debug");

    private final String begin;

    Level(String name) {
      begin = BEGIN + name + ": ";
    }
  }

  private static final String BEGIN = "holdfast: ";

  private static final Charset CHARSET = charset();

  private static volatile OutputStream out = standardError();

  private static volatile Level level = Level.WARN;

  private Log() {}

  /** Prints lines of this level and graver ones from now on; {@link Level#WARN} at the start. */
  public static void level(Level wanted) {
    level = wanted;
  }

  /** Prints there from now on, for tests. Returns where it did before. */
  public static OutputStream to(OutputStream there) {
    OutputStream before = out;
    out = there;
    return before;
  }

  /** Something that was asked for does not work. */
  public static void error(String line) {
    print(Level.ERROR, line);
  }

  /** Something is wrong, and Holdfast goes on. */
  public static void warn(String line) {
    print(Level.WARN, line);
  }

  public static void info(String line) {
    print(Level.INFO, line);
  }

  public static void debug(String line) {
    print(Level.DEBUG, line);
  }

  /** The stack trace of what a line is about. */
  public static void debug(Throwable cause) {
    if (prints(Level.DEBUG)) {
      ByteArrayOutputStream trace = new ByteArrayOutputStream();
      cause.printStackTrace(new PrintStream(trace, true, CHARSET));
      write(trace.toByteArray());
    }
  }

  /** Prints lines that were asked for, whatever the level. */
  public static void report(String lines) {
    write((BEGIN + lines).getBytes(CHARSET));
  }

  private static boolean prints(Level wanted) {
    return wanted.compareTo(level) <= 0;
  }

  private static void print(Level of, String line) {
    if (prints(of)) {
      write((of.begin + line + System.lineSeparator()).getBytes(CHARSET));
    }
  }

  private static void write(byte[] text) {
    try {
      out.write(text); // one call, so that lines of two threads do not mix
    } catch (IOException e) {
      // nobody reads standard error
    }
  }

  /** If a security manager forbids that, what {@code System.err} is now. */
  private static OutputStream standardError() {
    try {
      return new FileOutputStream(FileDescriptor.err);
    } catch (SecurityException e) {
      return System.err;
    }
  }

  /** As {@code System.err} has it at the start. */
  private static Charset charset() {
    try {
      String until18 = System.getProperty("sun.stderr.encoding");
      String name = System.getProperty("stderr.encoding", until18);
      return name == null ? Charset.defaultCharset() : Charset.forName(name);
    } catch (SecurityException | IllegalArgumentException e) {
      return Charset.defaultCharset();
    }
  }
}
