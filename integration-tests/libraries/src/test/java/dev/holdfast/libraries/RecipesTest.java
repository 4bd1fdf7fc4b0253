package dev.holdfast.libraries;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Library;
import com.sun.jna.Pointer;
import dev.holdfast.Borrowed;
import dev.holdfast.Closure;
import dev.holdfast.Holdfast;
import dev.holdfast.Retained;
import dev.holdfast.libraries.model.Person;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The README's recipes. */
class RecipesTest {
  private static final int MANY = 10_000;

  interface Widgets extends Library {
    Pointer widget_new();

    void widget_set_data(Pointer widget, @Retained Object data, Pointer destroy);

    @Borrowed
    Object widget_data(Pointer widget);

    void widget_on_click(Pointer widget, Pointer clicked, Pointer data, Pointer destroy);

    int widget_click(Pointer widget, int button);

    void widget_free(Pointer widget);
  }

  interface Clicked {
    int clicked(int button, Closure context);
  }

  interface RecipesGlue extends Glue {
    int recipes_begin(String type);

    int tally_visit(Person person);

    int tally_freed();

    int befriend(Person person, Person other);

    int age_of_friend(Person person);

    int set_age(Person person, int years);

    int set_id(Person person, int number);

    long birthday_of_all(List<Person> people);

    long sum_of_ages(Person first);
  }

  private final RecipesGlue glue = Glue.load("recipes", RecipesGlue.class, "gcc");
  private final Widgets lib = Holdfast.load("recipes-glue", Widgets.class);
  private final List<Person> people = Person.many(MANY, List.of());

  @BeforeEach
  void begin() {
    assertThat(glue.recipes_begin(Person.class.getName())).isZero();
  }

  @AfterEach
  void nothingIsLeft() {
    Glue.nothingIsLeft();
  }

  @Test
  void keepAJavaObjectAsUserData() {
    List<Pointer> widgets = new ArrayList<>();
    for (Person person : people) {
      Pointer widget = lib.widget_new();
      lib.widget_set_data(widget, person, Holdfast.releaseFunction());
      widgets.add(widget);
    }
    for (int i = 0; i < MANY; i++) {
      assertThat(lib.widget_data(widgets.get(i))).isSameAs(people.get(i));
    }
    widgets.forEach(lib::widget_free);
  }

  @Test
  void aCallbackWithAContext() {
    List<Pointer> widgets = new ArrayList<>();
    for (Person person : people) {
      Closure closure = Holdfast.closure(Clicked.class, (button, context) -> person.age += button);
      Pointer widget = lib.widget_new();
      lib.widget_on_click(widget, closure.function(), closure.context(), closure.destroy());
      widgets.add(widget);
    }
    System.gc();
    for (int i = 0; i < MANY; i++) {
      int age = people.get(i).age;
      assertThat(lib.widget_click(widgets.get(i), 5)).isEqualTo(age + 5);
    }
    widgets.forEach(lib::widget_free);
  }

  @Test
  void giveJavasLifetimeToANativeStruct() {
    List<WeakReference<Person>> dead = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      Person person = new Person(i, "short-lived", 1, null);
      assertThat(glue.tally_visit(person)).isOne();
      dead.add(new WeakReference<>(person));
    }
    Person kept = people.get(0);
    assertThat(glue.tally_visit(kept)).isEqualTo(1);
    Ending.awaits(
        () -> "all structs are freed: " + glue.tally_freed(), () -> glue.tally_freed() == MANY);
    assertThat(dead).allMatch(each -> each.refersTo(null));
    assertThat(glue.tally_visit(kept)).isEqualTo(2);
  }

  @Test
  void whatAStructRefersToItsObjectHolds() {
    List<WeakReference<Person>> dead = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      Person person = new Person(i, "short-lived", 1, null);
      Person friend = new Person(i, "friend", i, null);
      assertThat(glue.befriend(person, friend)).isZero();
      assertThat(glue.befriend(friend, person)).isZero(); // a cycle that only C has made
      dead.add(new WeakReference<>(person));
    }
    Person kept = people.get(0);
    assertThat(glue.befriend(kept, new Person(0, "friend", 77, null))).isZero();
    Ending.awaits(
        () -> "all are collected, but for the one that is kept",
        () -> dead.stream().allMatch(each -> each.refersTo(null)));
    assertThat(glue.age_of_friend(kept)).isEqualTo(77);
    Ending.awaits(
        () -> "one edge is left: " + Holdfast.stats(), () -> Holdfast.stats().ownedEdges() == 1);
  }

  @Test
  void writeFieldsAndReadCollections() {
    long ages = people.stream().mapToLong(p -> p.age).sum();
    assertThat(glue.birthday_of_all(people)).isEqualTo(MANY);
    assertThat(people.stream().mapToLong(p -> p.age).sum()).isEqualTo(ages + MANY);
    for (Person person : people) {
      assertThat(glue.set_age(person, 42)).isZero();
      assertThat(person.age).isEqualTo(42);
    }
    Person first = people.get(0);
    assertThat(glue.set_id(first, 5)).as("a final field").isNegative();
    assertThat(first.id).isZero();
  }

  @Test
  void walkAGraphFromC() {
    assertThat(glue.sum_of_ages(people.get(0)))
        .isEqualTo(people.stream().mapToLong(p -> p.age).sum());
    people.get(MANY - 1).age += 7;
    assertThat(glue.sum_of_ages(people.get(0)))
        .isEqualTo(people.stream().mapToLong(p -> p.age).sum());
  }
}
