package com.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertSame;

import dev.holdfast.Holdfast;

final class Users {
  private Users() {}

  /** C's library keeps it for this thread, and gives its count back with it. */
  static void keepAndTake(Person person) {
    People people = People.load();
    int[] key = new int[1];
    assertEquals(0, people.pthread_key_create(key, Holdfast.releaseFunction()));
    assertEquals(0, people.pthread_setspecific(key[0], person));
    assertEquals(1, Holdfast.stats().handlesCounted());
    assertSame(person, people.pthread_getspecific(key[0]));
    assertEquals(0, people.pthread_setspecific(key[0], null));
  }
}
