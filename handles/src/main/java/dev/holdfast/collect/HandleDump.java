package dev.holdfast.collect;

import dev.holdfast.arena.Memory;
import dev.holdfast.hook.EntryDescriptor;
import dev.holdfast.table.Counted;
import dev.holdfast.table.Counts;
import dev.holdfast.table.EntryTable;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;

/**
 * Writes the counted handles as text, a line each, by entry and slot. Each entry is looked at for
 * itself, and nothing is locked while a line is written: handles that are counted or given back
 * meanwhile may be in it or not.
 *
 * <pre>
 * handle                  count  space     entry  class
 * 0x40800000800042a0          1  young        33  com.acme.Person
 * </pre>
 */
final class HandleDump {
  private static final String ROW = "%-18s  %10s  %-6s  %8s  %s%n";

  private final EntryTable table;
  private final Memory memory;
  private final Counts counts;

  HandleDump(EntryTable table, Counts counts) {
    this.table = table;
    this.memory = table.memory();
    this.counts = counts;
  }

  /**
   * Writes a new file.
   *
   * @param most how many handles at the most
   * @return how many were written
   * @throws IllegalArgumentException for a negative {@code most}
   * @throws IOException when the file exists or cannot be written
   */
  long write(Path file, long most) throws IOException {
    if (most < 0) {
      throw new IllegalArgumentException("max=" + most + ": negative (expected 0 or more)");
    }
    try (PrintWriter out =
        new PrintWriter(
            Files.newBufferedWriter(file, StandardCharsets.UTF_8, StandardOpenOption.CREATE_NEW))) {
      long written = write(out, most);
      if (out.checkError()) {
        throw new IOException("path=" + file + ": not all could be written");
      }
      return written;
    } catch (FileAlreadyExistsException e) {
      throw new IOException("path=" + file + ": exists (expected the name of a new file)", e);
    }
  }

  private long write(PrintWriter out, long most) {
    out.printf(ROW, "handle", "count", "space", "entry", "class");
    long written = 0;
    int limit = table.limit();
    for (int index = 0; index < limit && written < most; index++) {
      for (Counted counted : counts.counted(index)) {
        if (written == most) {
          break;
        }
        String bits = "0x" + Long.toHexString(counted.handle());
        String name = counted.type().getName();
        out.printf(ROW, bits, counted.count(), space(index), index, name);
        written++;
      }
    }
    return written;
  }

  private String space(int index) {
    return switch (memory.getIntAcquire(table.address(index) + EntryDescriptor.STATE)) {
      case EntryDescriptor.NURSERY -> "young";
      case EntryDescriptor.OLD -> "old";
      case EntryDescriptor.OPAQUE -> "opaque";
      default -> "dead"; // given back since
    };
  }
}
