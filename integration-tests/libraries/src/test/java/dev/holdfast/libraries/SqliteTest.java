package dev.holdfast.libraries;

import static java.nio.charset.StandardCharsets.UTF_8;
import static java.util.stream.Collectors.averagingInt;
import static java.util.stream.Collectors.groupingBy;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import com.sun.jna.Pointer;
import dev.holdfast.Closure;
import dev.holdfast.Holdfast;
import dev.holdfast.Retained;
import dev.holdfast.libraries.model.City;
import dev.holdfast.libraries.model.Person;
import java.text.Collator;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.TreeMap;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** SQLite calls Java, keeps Java objects, and queries them where they are. */
class SqliteTest {
  private static final int MANY = Integer.getInteger("holdfast.test.many", 10_000);

  interface SqliteGlue extends Glue {
    int live_table(Pointer db, String name, @Retained List<?> list, String type, String columns);
  }

  private SqliteGlue glue;
  private Sqlite sqlite;
  private Pointer db;
  private Destructions destructions;

  private final List<City> cities =
      IntStream.range(0, 20).mapToObj(i -> new City(i, "City " + i)).toList();
  private List<Person> people;

  @BeforeEach
  void load() {
    glue = Glue.load("sqlite", SqliteGlue.class, "libsqlite3-dev");
    sqlite = Sqlite.load();
    people = Person.many(MANY, cities); // not before there is what moves them
    db = sqlite.open();
    destructions = new Destructions(glue);
  }

  @AfterEach
  void nothingIsLeft() {
    if (glue != null) {
      Glue.nothingIsLeft();
    }
  }

  private void closeAndDestroy(int times) {
    sqlite.close(db);
    destructions.were(times);
  }

  private void function(String name, int n, Sqlite.Call body) {
    Closure closure = Holdfast.closure(Sqlite.Call.class, body);
    sqlite.check(
        db,
        sqlite.sqlite3_create_function_v2(
            db,
            name,
            n,
            Sqlite.UTF8,
            closure.context(),
            closure.function(),
            null,
            null,
            glue.glue_destroy()));
  }

  @Test
  void aFunctionHasJavaState() {
    int[] calls = new int[1];
    function(
        "greeting",
        1,
        (context, n, arguments) -> {
          calls[0]++;
          String text = "Hello, " + sqlite.sqlite3_value_text(arguments.getPointer(0));
          sqlite.sqlite3_result_text(context, text, -1, Sqlite.TRANSIENT);
        });
    System.gc();
    assertThat(sqlite.rows(db, "SELECT greeting('Ann')")).containsExactly("Hello, Ann");
    table();
    assertThat(sqlite.rows(db, "SELECT greeting(name) FROM people ORDER BY id"))
        .isEqualTo(people.stream().map(p -> "Hello, " + p.name).toList());
    // Another of the same name takes its place.
    function("greeting", 1, (context, n, arguments) -> sqlite.sqlite3_result_int(context, 5));
    destructions.were(1);
    assertThat(sqlite.rows(db, "SELECT greeting('Ann')")).containsExactly("5");
    assertThat(calls).containsExactly(1 + MANY);
    closeAndDestroy(4);
  }

  @Test
  void anAggregateHasAJavaObjectForEachGroup() {
    table();
    Closure last =
        Holdfast.closure(
            Sqlite.Last.class,
            context -> {
              Pointer place = sqlite.sqlite3_aggregate_context(context, 0);
              List<?> ages = Holdfast.take(place.getLong(0), List.class);
              List<Integer> sorted = ages.stream().map(Integer.class::cast).sorted().toList();
              sqlite.sqlite3_result_int(context, sorted.get(sorted.size() / 2));
            });
    Closure step =
        Holdfast.closure(
            Sqlite.Call.class,
            new Sqlite.Call() {
              @SuppressWarnings({"unused", "UnusedVariable"})
              final Closure kept = last; // for as long as SQLite keeps the step

              @Override
              @SuppressWarnings("unchecked")
              public void call(Pointer context, int n, Pointer arguments) {
                Pointer place = sqlite.sqlite3_aggregate_context(context, 8);
                if (place.getLong(0) == 0) {
                  place.setLong(0, Holdfast.retain(new ArrayList<Integer>()));
                }
                Holdfast.resolve(place.getLong(0), List.class)
                    .add(sqlite.sqlite3_value_int(arguments.getPointer(0)));
              }
            });
    sqlite.check(
        db,
        sqlite.sqlite3_create_function_v2(
            db,
            "middle",
            1,
            Sqlite.UTF8,
            step.context(),
            null,
            step.function(),
            last.function(),
            glue.glue_destroy()));
    last.abandon();
    List<String> expected = new ArrayList<>();
    new TreeMap<>(people.stream().collect(groupingBy(p -> p.age % 10)))
        .forEach(
            (rest, some) -> {
              List<Integer> sorted = some.stream().map(p -> p.age).sorted().toList();
              expected.add(rest + "|" + sorted.get(sorted.size() / 2));
            });
    assertThat(sqlite.rows(db, "SELECT age % 10, middle(age) FROM people GROUP BY 1 ORDER BY 1"))
        .isEqualTo(expected);
    closeAndDestroy(3);
  }

  @Test
  void aCollationIsAJavaCollator() {
    table();
    Collator collator = Collator.getInstance(Locale.GERMAN);
    Closure closure =
        Holdfast.closure(
            Sqlite.Collation.class, (data, n, a, m, b) -> collator.compare(text(a, n), text(b, m)));
    sqlite.check(
        db,
        sqlite.sqlite3_create_collation_v2(
            db, "german", Sqlite.UTF8, closure.context(), closure.function(), glue.glue_destroy()));
    List<String> words = List.of("Zebra", "\u00e4rgern", "Apfel", "\u00d6l", "offen", "apfel");
    String values = "('" + String.join("'), ('", words) + "')";
    List<String> sorted = new ArrayList<>(words);
    sorted.sort(collator);
    assertThat(
            sqlite.rows(
                db, "SELECT column1 FROM (VALUES " + values + ") ORDER BY column1 COLLATE german"))
        .isEqualTo(sorted);
    List<String> names = new ArrayList<>(people.stream().map(p -> p.name).toList());
    names.sort(collator);
    assertThat(sqlite.rows(db, "SELECT name FROM people ORDER BY name COLLATE german"))
        .isEqualTo(names);
    closeAndDestroy(3);
  }

  private static String text(Pointer at, int bytes) {
    return new String(at.getByteArray(0, bytes), UTF_8);
  }

  @Test
  void aParameterIsAJavaObject() {
    function(
        "age_of",
        1,
        (context, n, arguments) -> {
          Object object = sqlite.sqlite3_value_pointer(arguments.getPointer(0), Sqlite.KIND);
          sqlite.sqlite3_result_int(context, ((Person) object).age);
        });
    Pointer statement = sqlite.prepare(db, "SELECT age_of(?)");
    for (Person person : people) {
      sqlite.check(
          db, sqlite.sqlite3_bind_pointer(statement, 1, person, Sqlite.KIND, glue.glue_destroy()));
      assertThat(sqlite.sqlite3_step(statement)).isEqualTo(Sqlite.ROW);
      assertThat(sqlite.sqlite3_column_int64(statement, 0)).isEqualTo(person.age);
      sqlite.check(db, sqlite.sqlite3_reset(statement));
    }
    sqlite.check(db, sqlite.sqlite3_finalize(statement));
    closeAndDestroy(MANY + 1);
  }

  @Test
  void aFunctionKeepsACompiledPatternWithItsConstantArgument() {
    table();
    int[] compiled = new int[1];
    function(
        "matches",
        2,
        (context, n, arguments) -> {
          Pattern pattern = (Pattern) sqlite.sqlite3_get_auxdata(context, 0);
          if (pattern == null) {
            compiled[0]++;
            pattern = Pattern.compile(sqlite.sqlite3_value_text(arguments.getPointer(0)));
            sqlite.sqlite3_set_auxdata(context, 0, pattern, glue.glue_destroy());
          }
          String text = sqlite.sqlite3_value_text(arguments.getPointer(Long.BYTES));
          sqlite.sqlite3_result_int(context, pattern.matcher(text).find() ? 1 : 0);
        });
    assertThat(sqlite.rows(db, "SELECT count(*) FROM people WHERE matches('7$', name)"))
        .containsExactly(String.valueOf(MANY / 10));
    assertThat(compiled).containsExactly(1);
    closeAndDestroy(4);
  }

  /** The objects themselves, as the tables {@code people} and {@code cities}. */
  private void table() {
    String columns = "id:i name:t age:i city:r";
    sqlite.check(db, glue.live_table(db, "people", people, Person.class.getName(), columns));
    sqlite.check(db, glue.live_table(db, "cities", cities, City.class.getName(), "id:i name:t"));
  }

  @Test
  void queriesOfLiveObjectsAnswerAsJavaStreamsDo() {
    table();
    assertThat(sqlite.rows(db, "SELECT count(*), sum(age), min(name) FROM people"))
        .containsExactly(
            MANY
                + "|"
                + people.stream().mapToInt(p -> p.age).sum()
                + "|"
                + people.stream().map(p -> p.name).min(Comparator.naturalOrder()).orElseThrow());
    assertThat(
            sqlite.rows(
                db, "SELECT name FROM people WHERE age BETWEEN 30 AND 40 ORDER BY age, id DESC"))
        .isEqualTo(
            people.stream()
                .filter(p -> p.age >= 30 && p.age <= 40)
                .sorted(
                    Comparator.<Person>comparingInt(p -> p.age)
                        .thenComparing(Comparator.<Person>comparingInt(p -> p.id).reversed()))
                .map(p -> p.name)
                .toList());
    assertThat(
            sqlite.rows(
                db,
                "SELECT c.name, count(*) FROM people p JOIN cities c ON p.city = c.self"
                    + " WHERE p.age < 50 GROUP BY c.id ORDER BY c.id"))
        .isEqualTo(
            cities.stream()
                .filter(c -> youngOf(c) > 0)
                .map(c -> c.name + "|" + youngOf(c))
                .toList());
    assertThat(sqlite.rows(db, "SELECT count(*) FROM people WHERE city IS NULL"))
        .containsExactly("" + people.stream().filter(p -> p.city == null).count());
    // What Java writes, the next query reads.
    people.get(5).age = 1000;
    assertThat(sqlite.rows(db, "SELECT id FROM people WHERE age > 100")).containsExactly("5");
    people.remove(5);
    assertThat(sqlite.rows(db, "SELECT max(age) < 100, count(*) FROM people"))
        .containsExactly("1|" + (MANY - 1));
    double average = people.stream().collect(averagingInt(p -> p.age));
    assertThat(Double.parseDouble(sqlite.rows(db, "SELECT avg(age) FROM people").get(0)))
        .isCloseTo(average, within(1e-9)); // SQLite's text has 15 digits
    closeAndDestroy(2);
  }

  private long youngOf(City city) {
    return people.stream().filter(p -> p.city == city && p.age < 50).count();
  }

  @Test
  void textIsOfAnyLengthAndMayBeMissing() {
    for (int i = 0; i < 10; i++) {
      String name = i == 0 ? null : "\u00e9\ud83d\ude00".repeat(100 * i - 80);
      people.add(new Person(MANY + i, name, 200, null));
    }
    table();
    assertThat(sqlite.rows(db, "SELECT name FROM people WHERE age = 200 ORDER BY id"))
        .isEqualTo(people.subList(MANY, MANY + 10).stream().map(p -> "" + p.name).toList());
    assertThat(sqlite.rows(db, "SELECT id FROM people WHERE name IS NULL"))
        .containsExactly("" + MANY);
    closeAndDestroy(2);
  }

  @Test
  void aQueryThatIsBrokenOffGivesBackItsRows() {
    table();
    Pointer statement = sqlite.prepare(db, "SELECT id FROM people");
    assertThat(sqlite.sqlite3_step(statement)).isEqualTo(Sqlite.ROW);
    assertThat(Holdfast.stats().handlesCounted()).isEqualTo(2 + Math.min(256, MANY));
    sqlite.check(db, sqlite.sqlite3_finalize(statement));
    Ending.awaits(
        () -> "only the lists are counted: " + Holdfast.stats(),
        () -> Holdfast.stats().handlesCounted() == 2);
    closeAndDestroy(2);
  }
}
