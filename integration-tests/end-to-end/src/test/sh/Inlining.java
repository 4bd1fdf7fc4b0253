import java.io.BufferedReader;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Compares what HotSpot's C2 inlined in two runs of a program, by their compilation logs.
 *
 * <pre>
 *   java Inlining.java PACKAGE WITHOUT.log WITH.log
 * </pre>
 *
 * Counts the calls of methods of the package in the methods of the package that were compiled in
 * both runs: those inlined, and those not, by reason; and names what was inlined in the first run
 * and too large, or in too large a method, in the second.
 */
final class Inlining {
  private static final Pattern ATTRIBUTE = Pattern.compile("(\\w+)='([^']*)'");

  /** What was said of each call: caller -> callee -> reason. */
  private final Map<String, Map<String, String>> calls = new TreeMap<>();

  public static void main(String[] args) throws IOException {
    Inlining without = read(args[0], Path.of(args[1]));
    Inlining with = read(args[0], Path.of(args[2]));
    Set<String> both = new TreeSet<>(without.calls.keySet());
    both.retainAll(with.calls.keySet());
    System.out.println(both.size() + " methods compiled in both runs");
    System.out.println("without the agent: " + without.reasons(both));
    System.out.println("with it:           " + with.reasons(both));
    int lost = 0;
    for (String caller : both) {
      for (Map.Entry<String, String> call : without.calls.get(caller).entrySet()) {
        String now = with.calls.get(caller).get(call.getKey());
        if (call.getValue().equals("inlined") && now != null && isForSize(now)) {
          System.out.println("  no longer in " + caller + ": " + call.getKey() + ": " + now);
          lost++;
        }
      }
    }
    System.out.println(lost + " calls no longer inlined because of a size");
  }

  private static boolean isForSize(String reason) {
    return reason.contains("large") || reason.contains("big") || reason.contains("size");
  }

  private Map<String, Integer> reasons(Set<String> callers) {
    Map<String, Integer> counts = new TreeMap<>();
    for (String caller : callers) {
      calls.get(caller).values().forEach(reason -> counts.merge(reason, 1, Integer::sum));
    }
    return counts;
  }

  private static Inlining read(String inPackage, Path log) throws IOException {
    Inlining read = new Inlining();
    Map<String, String> classes = new HashMap<>();
    Map<String, String> methods = new HashMap<>();
    Map<String, String> now = null;
    String callee = null;
    int depth = 0;
    try (BufferedReader lines = Files.newBufferedReader(log)) {
      for (String line = lines.readLine(); line != null; line = lines.readLine()) {
        if (line.startsWith("<task ")) {
          Map<String, String> task = attributes(line);
          String name = task.get("method");
          boolean counts = !task.containsKey("level") && name.startsWith(inPackage);
          now = counts ? read.calls.computeIfAbsent(name, x -> new TreeMap<>()) : null;
          classes.clear();
          methods.clear();
          depth = 0;
        } else if (now == null) {
          continue;
        } else if (line.startsWith("<type ") || line.startsWith("<klass ")) {
          Map<String, String> type = attributes(line);
          classes.put(type.get("id"), type.get("name"));
        } else if (line.startsWith("<method ")) {
          Map<String, String> method = attributes(line);
          String owner = String.valueOf(classes.get(method.get("holder")));
          methods.put(
              method.get("id"), owner.replace('/', '.') + "." + method.get("name"));
        } else if (line.startsWith("<parse ")) {
          depth++;
        } else if (line.startsWith("</parse>")) {
          depth--;
        } else if (line.startsWith("<call ")) {
          callee = methods.get(attributes(line).get("method"));
        } else if (callee != null && callee.startsWith(inPackage) && depth == 1) {
          if (line.startsWith("<inline_success")) {
            now.put(callee, "inlined");
          } else if (line.startsWith("<inline_fail")) {
            now.putIfAbsent(callee, attributes(line).get("reason"));
          }
        }
      }
    }
    return read;
  }

  private static Map<String, String> attributes(String line) {
    Map<String, String> found = new HashMap<>();
    Matcher matcher = ATTRIBUTE.matcher(line);
    while (matcher.find()) {
      found.put(matcher.group(1), matcher.group(2));
    }
    return found;
  }
}
