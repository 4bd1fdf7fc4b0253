package com.acme.modular;

import dev.holdfast.Holdfast;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Random;

/** Hands people to C, and says how that went. */
final class Main {
  private static final int MANY = 1000;

  private Main() {}

  public static void main(String[] args) throws InterruptedException {
    System.out.println(outcome());
  }

  static String outcome() throws InterruptedException {
    People tree = new People(); // starts what moves mirrors
    List<Person> people = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      people.add(new Person("Person " + i, i));
    }
    while (Holdfast.isActive() && Holdfast.stats().movedCohortsTotal() == 0) {
      people.get(new Person("Nobody", 0).age());
    }
    Collections.shuffle(people, new Random(1));
    Comparator<Person> byAge = Comparator.comparingInt(Person::age);
    List<Person> seen = tree.sorted(people, byAge);
    boolean back = tree.thereAndBack(people.get(0)) == people.get(0);
    people.sort(byAge);
    while (Holdfast.stats().handlesCounted() > 0) {
      Thread.sleep(1); // the drain comes
    }
    var figures = Holdfast.stats();
    return "module "
        + Holdfast.class.getModule().getName()
        + (seen.equals(people) ? ", sorted" : ", not sorted: " + seen)
        + (back ? ", and back" : ", lost")
        + (Holdfast.isManaged(people.get(0)) ? ", with mirrors" : ", without mirrors")
        + (figures.adoptedAtSiteTotal() >= MANY ? " from their birth" : "")
        + (figures.movedCohortsTotal() > 0 ? ", moved" : "")
        + Holdfast.verify(people.get(0));
  }
}
