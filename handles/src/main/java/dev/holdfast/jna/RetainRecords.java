package dev.holdfast.jna;

import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.jna.Memory;
import dev.holdfast.collect.Engine;
import dev.holdfast.collect.RetainWatch;
import dev.holdfast.table.HandleException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The records that libholdfast keeps in the debug mode, read and put into words. A record:
 *
 * <pre>
 *  0 u64 handle   8 u64 since (ns)   16 u64 thread   24 place: u64 at, u32 kind, u32
 * </pre>
 *
 * Java's own places are numbers of {@link JavaStacks}.
 */
final class RetainRecords implements RetainWatch {
  private static final int BYTES = 40;
  private static final int SINCE = 8;
  private static final int THREAD = 16;
  private static final int NAME_BYTES = 512;

  /** Handles that a group names at the most. */
  private static final int NAMED = 8;

  private static final int RETAINED = 0;
  private static final int RELEASED = 1;
  private static final int RELEASED_LAST = 2;
  private static final int GIVEN = 3;
  private static final Pattern STACK = Pattern.compile("Java stack (\\d+)");

  private record Retained(long handle, long since, long thread, String place) {}

  private final Engine engine;
  private final JavaStacks stacks = new JavaStacks();

  RetainRecords(Engine engine) {
    this.engine = engine;
  }

  @Override
  public void sample(int oneIn) {
    Hfi.hfi_track(oneIn);
  }

  @Override
  public void retained(long handle) {
    Hfi.hfi_track_java(handle, stacks.current(), RETAINED);
  }

  @Override
  public void given(long handle) {
    Hfi.hfi_track_java(handle, 0, GIVEN);
  }

  @Override
  public void released(long handle, boolean last) {
    Hfi.hfi_track_java(handle, stacks.current(), last ? RELEASED_LAST : RELEASED);
  }

  @Override
  public String releasedAt(long handle) {
    Memory words = new Memory(NAME_BYTES);
    Hfi.hfi_track_released(handle, words, NAME_BYTES);
    return explain(words.getString(0, UTF_8.name()));
  }

  @Override
  public String explain(String message) {
    Matcher matcher = STACK.matcher(message);
    return matcher.replaceAll(
        found -> Matcher.quoteReplacement(stacks.text(Integer.parseInt(found.group(1)))));
  }

  @Override
  public String report() {
    Map<String, List<Retained>> groups = new LinkedHashMap<>();
    List<Retained> all = read();
    all.sort(Comparator.comparingLong(Retained::since));
    all.forEach(one -> groups.computeIfAbsent(one.place(), place -> new ArrayList<>()).add(one));
    StringBuilder report = new StringBuilder();
    report.append(all.size()).append(" recorded retains not given back, by place, oldest first\n");
    groups.forEach((place, group) -> describe(place, group, report));
    return report.toString();
  }

  private static void describe(String place, List<Retained> group, StringBuilder report) {
    Retained oldest = group.get(0);
    long age = Math.max(0, System.nanoTime() - oldest.since());
    report
        .append("  ")
        .append(group.size())
        .append(" for up to ")
        .append(TimeUnit.NANOSECONDS.toMillis(age))
        .append(" ms, first by thread ")
        .append(oldest.thread())
        .append(", at ")
        .append(place)
        .append("\n     ");
    for (Retained one : group.subList(0, Math.min(NAMED, group.size()))) {
      report.append(" 0x").append(Long.toHexString(one.handle()));
    }
    report.append(group.size() > NAMED ? " ...\n" : "\n");
  }

  private List<Retained> read() {
    long n = 0;
    long there = Math.max(1, Hfi.hfi_track_read(null, 0));
    Memory records = null;
    while (there > n) { // until all fit
      n = there;
      records = new Memory(n * BYTES);
      there = Hfi.hfi_track_read(records, n);
    }
    List<Retained> read = new ArrayList<>();
    Memory words = new Memory(NAME_BYTES);
    for (long i = 0; i < there; i++) {
      long at = i * BYTES;
      if (isCounted(records.getLong(at))) {
        Hfi.hfi_track_name(records.share(at), words, NAME_BYTES);
        read.add(
            new Retained(
                records.getLong(at),
                records.getLong(at + SINCE),
                records.getLong(at + THREAD),
                explain(words.getString(0, UTF_8.name()))));
      }
    }
    return read;
  }

  /** A release on one thread may come before the record of a retain on another. */
  private boolean isCounted(long handle) {
    try {
      return engine.count(handle) > 0;
    } catch (HandleException e) {
      return false;
    }
  }
}
