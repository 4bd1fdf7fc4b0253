package dev.holdfast.stats;

import java.util.Comparator;
import java.util.List;
import java.util.Map;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;
import javax.management.openmbean.TabularDataSupport;
import javax.management.openmbean.TabularType;

/** The per-class figures as one open-type table: the {@value #ROWS} classes with most objects. */
final class ClassTable {
  static final int ROWS = 100;

  private static final Comparator<ClassFigures> MOST_FIRST =
      Comparator.comparingLong(ClassFigures::mirrorsLive)
          .reversed()
          .thenComparing(ClassFigures::name)
          .thenComparing(ClassFigures::loader);

  private final CompositeType row;
  final TabularType type;

  ClassTable() {
    String[] columns = {"name", "loader", "state", "mirrorsLive", "mirrorBytes"};
    String[] descriptions = {
      "binary name of the class",
      "its class loader",
      "'mirrored', or why it has no mirrors",
      "objects of exactly this class that got a mirror since the start (unit: objects)",
      "size of one mirror, 0 if it has none (unit: bytes)"
    };
    OpenType<?>[] types = {
      SimpleType.STRING, SimpleType.STRING, SimpleType.STRING, SimpleType.LONG, SimpleType.LONG
    };
    try {
      row = new CompositeType("SelectedClass", "one selected class", columns, descriptions, types);
      String[] key = {"name", "loader"};
      type = new TabularType("SelectedClasses", "selected classes", row, key);
    } catch (OpenDataException e) {
      throw new AssertionError(e);
    }
  }

  TabularDataSupport of(List<ClassFigures> classes) {
    TabularDataSupport table = new TabularDataSupport(type);
    for (ClassFigures figures : classes.stream().sorted(MOST_FIRST).limit(ROWS).toList()) {
      CompositeDataSupport data = data(figures);
      // Two loaders may look alike to a person; the one with most objects is shown.
      if (!table.containsKey(table.calculateIndex(data))) {
        table.put(data);
      }
    }
    return table;
  }

  private CompositeDataSupport data(ClassFigures figures) {
    Map<String, Object> columns =
        Map.of(
            "name", figures.name(),
            "loader", figures.loader(),
            "state", figures.state(),
            "mirrorsLive", figures.mirrorsLive(),
            "mirrorBytes", figures.mirrorBytes());
    try {
      return new CompositeDataSupport(row, columns);
    } catch (OpenDataException e) {
      throw new AssertionError(e);
    }
  }
}
