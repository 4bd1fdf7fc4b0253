package dev.holdfast.stats;

import static dev.holdfast.stats.Table.Column.number;
import static dev.holdfast.stats.Table.Column.text;

import java.util.Comparator;
import java.util.List;
import javax.management.openmbean.TabularDataSupport;

/** The per-class figures as one table: the {@value #ROWS} classes with most objects. */
final class ClassTable {
  static final int ROWS = 100;

  private static final Comparator<ClassFigures> MOST_FIRST =
      Comparator.comparingLong(ClassFigures::mirrorsLive)
          .reversed()
          .thenComparing(ClassFigures::name)
          .thenComparing(ClassFigures::loader);

  /** Two loaders may look alike to a person; the one with most objects is shown. */
  static final Table<ClassFigures> TABLE =
      new Table<>(
          "SelectedClass",
          "one selected class",
          List.of(
              text("name", "binary name of the class", ClassFigures::name),
              text("loader", "its class loader", ClassFigures::loader),
              text("state", "'mirrored', or why it has no mirrors", ClassFigures::state),
              number(
                  "mirrorsLive",
                  "objects of exactly this class that have a mirror (unit: objects)",
                  ClassFigures::mirrorsLive),
              number(
                  "mirrorBytes",
                  "size of one mirror, 0 if it has none (unit: bytes)",
                  ClassFigures::mirrorBytes)),
          "name",
          "loader");

  private ClassTable() {}

  static TabularDataSupport of(List<ClassFigures> classes) {
    return TABLE.of(classes.stream().sorted(MOST_FIRST).limit(ROWS).toList());
  }
}
