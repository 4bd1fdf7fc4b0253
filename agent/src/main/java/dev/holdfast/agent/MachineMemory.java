package dev.holdfast.agent;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/**
 * How much memory the machine has, or the container if that has less. The JDK's own answer is in
 * the management beans, which must not start before the application does.
 */
final class MachineMemory {
  /** The JVM takes a quarter of it for its heap unless told otherwise. */
  private static final int HEAPS = 4;

  private MachineMemory() {}

  static long bytes() {
    long machine = kibibytes(firstLine("/proc/meminfo"));
    if (machine < 0) {
      long heap = Runtime.getRuntime().maxMemory();
      return heap > Long.MAX_VALUE / HEAPS ? Long.MAX_VALUE : heap * HEAPS;
    }
    return least(
        machine,
        number(firstLine("/sys/fs/cgroup/memory.max")),
        number(firstLine("/sys/fs/cgroup/memory/memory.limit_in_bytes")));
  }

  private static long least(long machine, long... limits) {
    long least = machine;
    for (long limit : limits) {
      if (limit > 0 && limit < least) {
        least = limit;
      }
    }
    return least;
  }

  /** The bytes in {@code MemTotal: 16309300 kB}, or -1. */
  static long kibibytes(String line) {
    if (line == null || !line.startsWith("MemTotal:") || !line.endsWith(" kB")) {
      return -1;
    }
    long number = number(line.substring("MemTotal:".length(), line.length() - " kB".length()));
    return number < 0 ? -1 : number << 10;
  }

  /** The number in a line, or -1 if it has another word such as {@code max}. */
  static long number(String line) {
    try {
      return line == null ? -1 : Long.parseLong(line.strip());
    } catch (NumberFormatException e) {
      return -1;
    }
  }

  private static String firstLine(String file) {
    try {
      String text = Files.readString(Path.of(file));
      int end = text.indexOf('\n');
      return end < 0 ? text : text.substring(0, end);
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }
}
