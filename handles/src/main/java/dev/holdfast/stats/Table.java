package dev.holdfast.stats;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Function;
import javax.management.openmbean.CompositeDataSupport;
import javax.management.openmbean.CompositeType;
import javax.management.openmbean.OpenDataException;
import javax.management.openmbean.OpenType;
import javax.management.openmbean.SimpleType;
import javax.management.openmbean.TabularDataSupport;
import javax.management.openmbean.TabularType;

/**
 * Rows as one open-type table.
 *
 * @param <T> what a row is read from
 */
final class Table<T> {
  /** A column; text says the unit, if there is one. */
  record Column<T>(String name, String text, OpenType<?> type, Function<T, Object> read) {
    static <T> Column<T> text(String name, String text, Function<T, Object> read) {
      return new Column<>(name, text, SimpleType.STRING, read);
    }

    static <T> Column<T> number(String name, String text, Function<T, Object> read) {
      return new Column<>(name, text, SimpleType.LONG, read);
    }
  }

  private final List<Column<T>> columns;
  private final CompositeType row;
  final TabularType type;

  /**
   * @param keys the columns by which a row is found
   */
  Table(String rowName, String rowText, List<Column<T>> columns, String... keys) {
    this.columns = columns;
    try {
      row =
          new CompositeType(
              rowName,
              rowText,
              columns.stream().map(Column::name).toArray(String[]::new),
              columns.stream().map(Column::text).toArray(String[]::new),
              columns.stream().map(Column::type).toArray(OpenType<?>[]::new));
      type = new TabularType(rowName + "Table", rowText + ", each a row", row, keys);
    } catch (OpenDataException e) {
      throw new AssertionError(e);
    }
  }

  /** Of rows with equal keys the first is shown. */
  TabularDataSupport of(List<T> rows) {
    TabularDataSupport table = new TabularDataSupport(type);
    for (T from : rows) {
      CompositeDataSupport data = data(from);
      if (!table.containsKey(table.calculateIndex(data))) {
        table.put(data);
      }
    }
    return table;
  }

  private CompositeDataSupport data(T from) {
    Map<String, Object> values = new LinkedHashMap<>();
    columns.forEach(column -> values.put(column.name(), column.read().apply(from)));
    try {
      return new CompositeDataSupport(row, values);
    } catch (OpenDataException e) {
      throw new AssertionError(e);
    }
  }
}
