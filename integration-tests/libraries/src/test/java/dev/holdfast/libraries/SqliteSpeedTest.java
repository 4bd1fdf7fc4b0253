package dev.holdfast.libraries;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Pointer;
import dev.holdfast.Holdfast;
import dev.holdfast.libraries.model.City;
import dev.holdfast.libraries.model.Person;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.PreparedStatement;
import java.sql.ResultSet;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * Queries of Java objects where they are, beside copying them into a table through JDBC and asking
 * that. The figures are printed, and compared to nothing.
 */
class SqliteSpeedTest {
  private static final boolean LONG = Boolean.getBoolean("holdfast.test.long");
  private static final int PEOPLE = LONG ? 100_000 : 1_000;
  private static final int ROUNDS = LONG ? 7 : 1;

  private static final List<String> QUERIES =
      List.of(
          "SELECT count(*), sum(age) FROM people WHERE age < 50",
          "SELECT age, count(*) FROM people GROUP BY age ORDER BY age",
          "SELECT max(name) FROM people WHERE age = 7");

  @Test
  void bothGiveTheSameAnswers() throws SQLException {
    SqliteTest.SqliteGlue glue = Glue.load("sqlite", SqliteTest.SqliteGlue.class, "libsqlite3-dev");
    Sqlite sqlite = Sqlite.load();
    List<Person> people = Person.many(PEOPLE, List.of(new City(1, "Ulm")));
    Pointer db = sqlite.open();
    sqlite.check(
        db, glue.live_table(db, "people", people, Person.class.getName(), "id:i name:t age:i"));
    for (String query : QUERIES) {
      double live = Double.MAX_VALUE;
      double copied = Double.MAX_VALUE;
      double asked = Double.MAX_VALUE;
      for (int i = 0; i < ROUNDS; i++) {
        long start = System.nanoTime();
        List<String> rows = sqlite.rows(db, query);
        live = Math.min(live, millisSince(start));
        try (Connection connection = DriverManager.getConnection("jdbc:sqlite::memory:")) {
          start = System.nanoTime();
          copy(people, connection);
          copied = Math.min(copied, millisSince(start));
          start = System.nanoTime();
          String first = firstColumn(connection, query);
          asked = Math.min(asked, millisSince(start));
          assertThat(rows.get(0)).startsWith(first);
        }
      }
      if (LONG) {
        System.out.printf(
            "%d objects, %s: live %.1f ms; copied in %.1f ms, then %.1f ms%n",
            PEOPLE, query, live, copied, asked);
      }
    }
    sqlite.close(db);
    Ending.awaits(() -> "nothing is counted", () -> Holdfast.stats().handlesCounted() == 0);
  }

  private static double millisSince(long start) {
    return (System.nanoTime() - start) / 1e6;
  }

  private static void copy(List<Person> people, Connection connection) throws SQLException {
    connection.setAutoCommit(false);
    try (Statement create = connection.createStatement()) {
      create.execute("CREATE TABLE people (id INTEGER, name TEXT, age INTEGER)");
    }
    try (PreparedStatement insert =
        connection.prepareStatement("INSERT INTO people VALUES (?, ?, ?)")) {
      for (Person person : people) {
        insert.setInt(1, person.id);
        insert.setString(2, person.name);
        insert.setInt(3, person.age);
        insert.addBatch();
      }
      insert.executeBatch();
    }
    connection.commit();
  }

  private static String firstColumn(Connection connection, String query) throws SQLException {
    try (Statement statement = connection.createStatement();
        ResultSet rows = statement.executeQuery(query)) {
      assertThat(rows.next()).isTrue();
      return rows.getString(1);
    }
  }
}
