package com.acme.modular;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import org.junit.jupiter.api.Test;

/** Library mode on the module path. */
class WithoutAgentTest {
  @Test
  void cKeepsObjects() throws InterruptedException {
    assertTrue(Main.class.getModule().isNamed());
    assertEquals(
        "module dev.holdfast, sorted, and back, without mirrors[]", Main.outcome());
  }
}
