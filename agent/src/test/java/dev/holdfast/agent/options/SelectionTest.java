package dev.holdfast.agent.options;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

class SelectionTest {
  @ParameterizedTest
  @CsvSource({
    "com.acme.*,        com/acme/Person,        true",
    "com.acme.*,        com/acme/Outer$Inner,   true",
    "com.acme.*,        com/acme/geo/Place,     false",
    "com.acme.**,       com/acme/geo/Place,     true",
    "com.acme.**,       com/acme/Person,        true",
    "com.acme.**,       com/acmes/Person,       false",
    "com.acme.Person,   com/acme/Person,        true",
    "com.acme.Person,   com/acme/Person$Name,   false",
    "com.acme.Person*,  com/acme/Person$Name,   true",
    "com.*.Person,      com/acme/Person,        true",
    "com.*.Person,      com/acme/geo/Person,    false",
    "com.**.Person,     com/acme/geo/Person,    true",
    "**.Test*,          com/acme/TestPerson,    true",
    "**.Test*,          TestPerson,             true",
    "**.Test*,          com/Test/Person,        false",
    "*,                 Person,                 true",
    "*,                 com/Person,             false",
    "**,                com/acme/Person,        true",
    "**,                java/lang/String,       false",
    "**,                dev/holdfast/Holdfast,  false",
    "**,                dev/holdfast/hook/Hooks, false",
    "**,                dev/holdfast/call/Methods, false",
    "**,                dev/holdfast/demo/Person, true",
  })
  void patternSelects(String pattern, String name, boolean expected) {
    assertThat(Selection.parse(pattern, null).matches(name)).isEqualTo(expected);
  }

  @Test
  void excludeTakesBackWhatIncludeSelects() {
    Selection selection = Selection.parse("com.acme.**:org.x.Y", "**.Test*:com.acme.old.**");
    assertThat(selection.matches("com/acme/Person")).isTrue();
    assertThat(selection.matches("org/x/Y")).isTrue();
    assertThat(selection.matches("com/acme/TestPerson")).isFalse();
    assertThat(selection.matches("com/acme/old/Person")).isFalse();
  }

  @Test
  void manyWildcardsDoNotTakeForEver() {
    Selection selection = Selection.parse("**a**a**a**a**a**b", null);
    assertThat(selection.matches("a".repeat(60))).isFalse();
  }
}
