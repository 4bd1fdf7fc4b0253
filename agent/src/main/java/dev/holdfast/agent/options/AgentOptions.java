package dev.holdfast.agent.options;

import dev.holdfast.stats.Log;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.Locale;
import java.util.Map;
import java.util.Set;

/**
 * All options of the agent, checked. A size that was not given is {@link #DEFAULT}: who uses it
 * knows the default.
 *
 * @param selection which classes are managed
 * @param mode where objects are adopted
 * @param arena limit of the arena in bytes, or {@link #DEFAULT}
 * @param nursery size of the nursery in bytes, or {@link #DEFAULT}
 * @param cohort bytes of one cohort, or {@link #DEFAULT}
 * @param zeal move something at every so many adoptions; 0 is never
 * @param verify whether mirrors are compared with their objects again and again
 * @param pretenure whether sites whose objects survive open their cohorts in old space
 * @param debug whether it is recorded who retains each handle, so that leaks and uses after release
 *     are reported by place
 * @param dump where rewritten classes are written to, or null
 * @param libdir where the native libraries and {@code jna.jar} lie, or null to extract them
 * @param onFailure what is done when Holdfast cannot run
 * @param log what is logged
 */
public record AgentOptions(
    Selection selection,
    Mode mode,
    long arena,
    long nursery,
    int cohort,
    int zeal,
    boolean verify,
    boolean pretenure,
    boolean debug,
    Path dump,
    Path libdir,
    OnFailure onFailure,
    Log.Level log) {
  /** In place of a size: not given. */
  public static final int DEFAULT = 0;

  /** Where objects are adopted. */
  public enum Mode {
    /** Where they are allocated. */
    SITE,
    /** When they are first given to C, or referred to by an adopted object. */
    DEMAND
  }

  /** What is done when Holdfast cannot run in this JVM. */
  public enum OnFailure {
    /** The application runs without it. */
    OFF,
    /** The JVM stops. */
    STOP
  }

  private static final Set<String> KEYS =
      Set.of(
          "include",
          "exclude",
          "mode",
          "arena",
          "nursery",
          "cohort",
          "zeal",
          "verify",
          "pretenure",
          "debug",
          "dump",
          "libdir",
          "onfailure",
          "log",
          OptionText.CONFIG);

  private static final long MIB = 1 << 20;
  private static final long MAX_ARENA = 1L << 40;
  private static final int MIN_COHORT = 256;
  private static final int MAX_COHORT = 1024;

  /**
   * Parses the options.
   *
   * @param argument what stands behind {@code -javaagent:holdfast.jar=}, or null
   * @param environment the value of {@code HOLDFAST_OPTIONS}, or null
   * @throws OptionException if one cannot be followed
   */
  public static AgentOptions parse(String argument, String environment) {
    Map<String, String> values = OptionText.gather(argument, environment, KEYS);
    long arena = size(values, "arena", 4 * MIB, MAX_ARENA);
    return new AgentOptions(
        Selection.parse(values.get("include"), values.get("exclude")),
        choice(values, "mode", Mode.SITE),
        arena,
        size(values, "nursery", MIB, arena == DEFAULT ? MAX_ARENA : arena),
        cohort(values),
        count(values, "zeal"),
        flag(values, "verify", false),
        flag(values, "pretenure", true),
        flag(values, "debug", false),
        directory(values, "dump", true),
        directory(values, "libdir", false),
        choice(values, "onfailure", OnFailure.OFF),
        choice(values, "log", Log.Level.WARN));
  }

  private static int cohort(Map<String, String> values) {
    int bytes = (int) size(values, "cohort", MIN_COHORT, MAX_COHORT);
    if (Integer.bitCount(bytes) > 1) {
      throw OptionException.of("cohort", values.get("cohort"), "no cohort size", "256, 512 or 1k");
    }
    return bytes;
  }

  private static long size(Map<String, String> values, String key, long min, long max) {
    String value = values.get(key);
    if (value == null) {
      return DEFAULT;
    }
    long bytes = bytes(value);
    if (bytes < 0) {
      throw OptionException.of(key, value, "not a size", "digits with k, m or g");
    }
    if (bytes < min || bytes > max) {
      throw OptionException.of(
          key, value, "out of range", "from " + sizeText(min) + " to " + sizeText(max));
    }
    return bytes;
  }

  /** The bytes that {@code 64k} or {@code 1G} stands for, or -1. */
  private static long bytes(String value) {
    int end = value.length();
    int shift = 0;
    if (end > 0 && !Character.isDigit(value.charAt(end - 1))) {
      end--;
      switch (Character.toLowerCase(value.charAt(end))) {
        case 'k' -> shift = 10;
        case 'm' -> shift = 20;
        case 'g' -> shift = 30;
        default -> {
          return -1;
        }
      }
    }
    // 10 digits and a shift of 30 stay within a long
    if (end == 0 || end > 10) {
      return -1;
    }
    long number = 0;
    for (int i = 0; i < end; i++) {
      char c = value.charAt(i);
      if (c < '0' || c > '9') {
        return -1;
      }
      number = number * 10 + (c - '0');
    }
    return number > Long.MAX_VALUE >> shift ? -1 : number << shift;
  }

  private static String sizeText(long bytes) {
    String[] units = {"", "k", "m", "g"};
    int unit = 0;
    long number = bytes;
    while (unit < 3 && number >= 1024 && number % 1024 == 0) {
      number >>= 10;
      unit++;
    }
    return number + units[unit];
  }

  private static int count(Map<String, String> values, String key) {
    String value = values.get(key);
    if (value == null) {
      return 0;
    }
    try {
      int number = Integer.parseInt(value);
      if (number >= 0) {
        return number;
      }
    } catch (NumberFormatException e) {
      // said below
    }
    throw OptionException.of(key, value, "not a count", "0 to " + Integer.MAX_VALUE);
  }

  private static boolean flag(Map<String, String> values, String key, boolean absent) {
    String value = values.getOrDefault(key, String.valueOf(absent));
    return switch (value) {
      case "true" -> true;
      case "false" -> false;
      default -> throw OptionException.of(key, value, "neither true nor false", "true or false");
    };
  }

  private static <E extends Enum<E>> E choice(Map<String, String> values, String key, E absent) {
    String value = values.get(key);
    if (value == null) {
      return absent;
    }
    E[] all = absent.getDeclaringClass().getEnumConstants();
    for (E one : all) {
      if (text(one).equals(value)) {
        return one;
      }
    }
    throw OptionException.of(
        key,
        value,
        "no such " + key,
        String.join(" or ", Arrays.stream(all).map(AgentOptions::text).toList()));
  }

  private static String text(Enum<?> constant) {
    return constant.name().toLowerCase(Locale.ROOT);
  }

  private static Path directory(Map<String, String> values, String key, boolean toBeMade) {
    String value = values.get(key);
    if (value == null) {
      return null;
    }
    try {
      Path path = Path.of(value);
      if (Files.isDirectory(path) || (toBeMade && !Files.exists(path))) {
        return path;
      }
    } catch (InvalidPathException e) {
      // said below
    }
    throw OptionException.of(
        key,
        value,
        "not a directory",
        "a directory" + (toBeMade ? ", or a name for a new one" : ""));
  }
}
