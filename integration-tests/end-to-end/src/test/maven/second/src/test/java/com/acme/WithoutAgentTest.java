package com.acme;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import dev.holdfast.Holdfast;
import dev.holdfast.HoldfastException;
import java.lang.module.ModuleFinder;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** Library mode: the API's jar on the class path, and nothing else. */
class WithoutAgentTest {
  @Test
  void cKeepsAnObjectAsUserData() {
    assertFalse(Holdfast.isActive());
    Users.keepAndTake(new Person("Ann", 31));
  }

  @Test
  void whoNeedsAMirrorIsToldHowToStartTheAgent() {
    HoldfastException refusal =
        assertThrows(HoldfastException.class, () -> Holdfast.requireMirrors(Person.class));
    String line = "add -javaagent:";
    String agent = refusal.getMessage().split(line)[1].split("=include=")[0];
    assertTrue(Path.of(agent).toFile().isFile(), refusal.getMessage());
    assertTrue(refusal.getMessage().endsWith(agent + "=include=com.acme.Person"));
  }

  @Test
  void theJarIsAModule() throws Exception {
    Path jar = Path.of(Holdfast.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    assertEquals(
        "dev.holdfast",
        ModuleFinder.of(jar).findAll().iterator().next().descriptor().name());
  }
}
