package dev.holdfast.libraries.model;

import java.util.ArrayList;
import java.util.List;
import java.util.Random;

public final class Person {
  public final int id;
  public final String name;
  public int age;
  public City city;
  public Person next;

  public Person(int id, String name, int age, City city) {
    this.id = id;
    this.name = name;
    this.age = age;
    this.city = city;
  }

  /** Many of them, linked by {@code next}, of ages 0 to 99 and in some of the cities or none. */
  public static List<Person> many(int n, List<City> cities) {
    Random random = new Random(n);
    List<Person> people = new ArrayList<>();
    Person last = null;
    for (int i = 0; i < n; i++) {
      int where = random.nextInt(cities.size() + 1);
      City city = where == cities.size() ? null : cities.get(where);
      Person person = new Person(i, "Person \u00e9 " + i, random.nextInt(100), city);
      if (last != null) {
        last.next = person;
      }
      last = person;
      people.add(person);
    }
    return people;
  }

  @Override
  public String toString() {
    return name;
  }
}
