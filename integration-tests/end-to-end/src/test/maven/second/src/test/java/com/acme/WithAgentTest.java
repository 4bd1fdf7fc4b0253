package com.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.Holdfast;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The same with the agent's artifact: the objects have mirrors. */
class WithAgentTest {
  @Test
  void objectsHaveMirrors() {
    Person ann = new Person("Ann", 31);
    assertTrue(Holdfast.isActive());
    Holdfast.requireMirrors(Person.class);
    assertTrue(Holdfast.isManaged(ann));
    Users.keepAndTake(ann);
    assertEquals(List.of(), Holdfast.verify(ann));
  }
}
