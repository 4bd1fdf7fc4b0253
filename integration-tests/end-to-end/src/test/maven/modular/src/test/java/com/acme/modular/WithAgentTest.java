package com.acme.modular;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.Holdfast;
import org.junit.jupiter.api.Test;

/** The same with the agent's artifact, which is on no path: the objects have mirrors. */
class WithAgentTest {
  @Test
  void objectsHaveMirrors() throws InterruptedException {
    assertTrue(Main.class.getModule().isNamed());
    Holdfast.requireMirrors(Person.class);
    assertEquals(
        "module dev.holdfast, sorted, and back, with mirrors from their birth, moved[]",
        Main.outcome());
  }
}
