package dev.holdfast.libraries;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Library;
import com.sun.jna.Memory;
import com.sun.jna.Pointer;
import dev.holdfast.Borrowed;
import dev.holdfast.Holdfast;
import dev.holdfast.Retained;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** SQLite's own functions, as far as these tests call them. */
interface Sqlite extends Library {
  int UTF8 = 1;
  int ROW = 100;
  int DONE = 101;

  /** SQLite keeps this pointer, and looks there when the object is asked for. */
  Pointer KIND = lasting("java");

  private static Pointer lasting(String text) {
    Memory memory = new Memory(text.length() + 1);
    memory.setString(0, text);
    return memory;
  }

  int sqlite3_open(String file, Pointer[] db);

  int sqlite3_close(Pointer db);

  String sqlite3_errmsg(Pointer db);

  int sqlite3_prepare_v2(Pointer db, String sql, int bytes, Pointer[] statement, Pointer tail);

  int sqlite3_step(Pointer statement);

  int sqlite3_reset(Pointer statement);

  int sqlite3_finalize(Pointer statement);

  int sqlite3_column_count(Pointer statement);

  String sqlite3_column_text(Pointer statement, int column);

  long sqlite3_column_int64(Pointer statement, int column);

  int sqlite3_bind_pointer(
      Pointer statement, int index, @Retained Object object, Pointer kind, Pointer destroy);

  int sqlite3_create_function_v2(
      Pointer db,
      String name,
      int arguments,
      int flags,
      Pointer data,
      Pointer function,
      Pointer step,
      Pointer last,
      Pointer destroy);

  int sqlite3_create_collation_v2(
      Pointer db, String name, int flags, Pointer data, Pointer compare, Pointer destroy);

  Pointer sqlite3_aggregate_context(Pointer context, int bytes);

  void sqlite3_set_auxdata(Pointer context, int argument, @Retained Object object, Pointer destroy);

  @Borrowed
  Object sqlite3_get_auxdata(Pointer context, int argument);

  @Borrowed
  Object sqlite3_value_pointer(Pointer value, Pointer kind);

  String sqlite3_value_text(Pointer value);

  int sqlite3_value_int(Pointer value);

  void sqlite3_result_int(Pointer context, int value);

  void sqlite3_result_double(Pointer context, double value);

  void sqlite3_result_text(Pointer context, String text, int bytes, Pointer destroy);

  /** {@code SQLITE_TRANSIENT}: SQLite copies the text. */
  Pointer TRANSIENT = Pointer.createConstant(-1L);

  /** A scalar function, and an aggregate's step. */
  interface Call {
    void call(Pointer context, int n, Pointer arguments);
  }

  interface Last {
    void call(Pointer context);
  }

  interface Collation {
    int compare(Pointer data, int n, Pointer a, int m, Pointer b);
  }

  static Sqlite load() {
    return Holdfast.load("sqlite3", Sqlite.class, Map.of(OPTION_STRING_ENCODING, "UTF-8"));
  }

  default Pointer open() {
    Pointer[] db = new Pointer[1];
    assertThat(sqlite3_open(":memory:", db)).isZero();
    return db[0];
  }

  default void close(Pointer db) {
    check(db, sqlite3_close(db));
  }

  default void check(Pointer db, int status) {
    assertThat(status).as(() -> sqlite3_errmsg(db)).isZero();
  }

  default Pointer prepare(Pointer db, String sql) {
    Pointer[] statement = new Pointer[1];
    check(db, sqlite3_prepare_v2(db, sql, -1, statement, null));
    return statement[0];
  }

  /** The rows of a query, each as its columns with a bar between. */
  default List<String> rows(Pointer db, String sql) {
    Pointer statement = prepare(db, sql);
    List<String> rows = new ArrayList<>();
    int status = sqlite3_step(statement);
    for (; status == ROW; status = sqlite3_step(statement)) {
      List<String> row = new ArrayList<>();
      for (int i = 0; i < sqlite3_column_count(statement); i++) {
        row.add(String.valueOf(sqlite3_column_text(statement, i)));
      }
      rows.add(String.join("|", row));
    }
    assertThat(status).as(() -> sqlite3_errmsg(db)).isEqualTo(DONE);
    check(db, sqlite3_finalize(statement));
    return rows;
  }
}
