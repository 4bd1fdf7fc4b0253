package dev.holdfast.benchmarks;

import java.util.Collection;
import java.util.Locale;
import java.util.Map;
import java.util.TreeMap;
import org.openjdk.jmh.results.Result;
import org.openjdk.jmh.results.RunResult;

/**
 * The results of one run side by side, as Markdown.
 *
 * <p>A time is the median of all iterations, or the median CPU time of the whole JVM where that is
 * less: then other programs had the CPU meanwhile. On a quiet machine it is not less.
 */
final class AimTable {
  private final Collection<RunResult> results;

  AimTable(Collection<RunResult> results) {
    this.results = results;
  }

  String markdown() {
    StringBuilder table = new StringBuilder();
    table.append("| | Holdfast | beside | | aim | |\n|---|---|---|---|---|---|\n");
    for (Comparison comparison : Comparison.ALL) {
      for (RunResult holdfast : results) {
        for (RunResult rival : results) {
          if (named(holdfast, comparison.holdfast())
              && named(rival, comparison.rival())
              && parameters(holdfast).equals(parameters(rival))
              && parameters(holdfast).entrySet().containsAll(comparison.where().entrySet())) {
            table.append(row(comparison, holdfast, rival));
          }
        }
      }
    }
    return table.append('\n').append(machine()).append('\n').toString();
  }

  private static String row(Comparison comparison, RunResult holdfast, RunResult rival) {
    double ours = nanos(holdfast);
    double theirs = nanos(rival);
    Map<String, String> rest = parameters(holdfast);
    rest.keySet().removeAll(comparison.where().keySet());
    String which = String.join(", ", rest.values()).toLowerCase(Locale.ROOT);
    return "| "
        + String.join(
            " | ",
            comparison.what() + (which.isEmpty() ? "" : ", " + which),
            String.format(Locale.ROOT, "%.2f ns %s", ours, comparison.each()),
            String.format(Locale.ROOT, "%s: %.2f ns", comparison.rivalName(), theirs),
            comparison.aim().compared(ours, theirs),
            comparison.aim().words(),
            comparison.aim().verdict(ours, theirs))
        + " |\n";
  }

  private static String machine() {
    return String.format(
        Locale.ROOT,
        "Medians of all iterations. %s %s, %s %s, %d CPUs.",
        System.getProperty("java.vm.name"),
        System.getProperty("java.vm.version"),
        System.getProperty("os.name"),
        System.getProperty("os.arch"),
        Runtime.getRuntime().availableProcessors());
  }

  private static boolean named(RunResult result, String name) {
    return result.getParams().getBenchmark().endsWith("." + name);
  }

  private static Map<String, String> parameters(RunResult result) {
    Map<String, String> parameters = new TreeMap<>();
    for (String key : result.getParams().getParamsKeys()) {
      parameters.put(key, result.getParams().getParam(key));
    }
    return parameters;
  }

  private static double nanos(RunResult result) {
    Result<?> cpu = result.getSecondaryResults().get(CpuTime.LABEL);
    return Math.min(median(result.getPrimaryResult()), median(cpu));
  }

  private static double median(Result<?> result) {
    return result.getStatistics().getPercentile(50);
  }
}
