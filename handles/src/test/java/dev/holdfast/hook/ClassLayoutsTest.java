package dev.holdfast.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fixture.World;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Sections find the layout of every class that was asked for. */
@Tag("engine")
class ClassLayoutsTest {
  private static final List<Class<?>> ELEMENTS =
      List.of(
          boolean.class,
          byte.class,
          char.class,
          short.class,
          int.class,
          long.class,
          float.class,
          double.class,
          Boolean.class,
          Byte.class,
          Character.class,
          Short.class,
          Integer.class,
          Long.class,
          Float.class,
          Double.class,
          Object.class,
          String.class,
          Class.class);

  @BeforeAll
  static void start() {
    World.engine();
  }

  @Test
  void noClassIsForgottenWhateverOthersAreMet() {
    List<Class<?>> classes = manyClasses();
    for (Class<?> type : classes) {
      assertThat(ClassLayouts.of(type).describes(type)).isTrue();
    }
    assertThat(classes)
        .allMatch(
            type -> ClassLayouts.peek(type) != null && ClassLayouts.peek(type).describes(type));
  }

  /** Of arrays, because these need no class loader. */
  private static List<Class<?>> manyClasses() {
    List<Class<?>> classes = new ArrayList<>();
    for (Class<?> element : ELEMENTS) {
      Class<?> array = element;
      for (int dimension = 1; dimension < 256; dimension++) {
        array = array.arrayType();
        classes.add(array);
      }
    }
    return classes;
  }
}
