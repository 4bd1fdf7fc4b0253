package dev.holdfast.stats;

import static dev.holdfast.stats.Table.Column.number;
import static dev.holdfast.stats.Table.Column.text;

import java.util.Comparator;
import java.util.List;
import javax.management.openmbean.TabularDataSupport;

/** Allocation sites as one table: those in old space first, then those with most evidence. */
final class SiteTable {
  static final int ROWS = 200;

  private static final Comparator<SiteFigures> FIRST =
      Comparator.comparing(SiteFigures::space)
          .thenComparing(Comparator.comparingLong(SiteFigures::decisions).reversed())
          .thenComparing(
              Comparator.comparingLong((SiteFigures site) -> site.survived() + site.died())
                  .reversed());

  static final Table<SiteFigures> TABLE =
      new Table<>(
          "AllocationSite",
          "one allocation site",
          List.of(
              text("made", "class of its objects", SiteFigures::made),
              text("in", "class whose code it stands in", SiteFigures::in),
              text("method", "method that it stands in", SiteFigures::method),
              number("line", "line, 0 if unknown", site -> (long) site.line()),
              text("space", "where its cohorts are opened: 'young' or 'old'", SiteFigures::space),
              number(
                  "survived",
                  "samples since the last decision that outlived two JVM collections (unit: objects)",
                  SiteFigures::survived),
              number("died", "those that did not (unit: objects)", SiteFigures::died),
              number("decisions", "how often its space was changed", SiteFigures::decisions),
              text("evidence", "what the last change was made on", SiteFigures::evidence)),
          "made",
          "in",
          "method",
          "line");

  private SiteTable() {}

  static TabularDataSupport of(List<SiteFigures> sites) {
    return TABLE.of(sites.stream().sorted(FIRST).limit(ROWS).toList());
  }
}
