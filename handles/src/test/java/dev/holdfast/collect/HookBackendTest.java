package dev.holdfast.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fixture.Cell;
import dev.holdfast.fixture.Space;
import dev.holdfast.fixture.World;
import dev.holdfast.hook.Cohort;
import dev.holdfast.hook.Mirrors;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

@Tag("engine")
class HookBackendTest {
  /** More than a thread has room for without asking. */
  private static final int MANY = 5_000;

  /** As when Mockito has put code into {@code ArrayList} and its own objects are managed. */
  @Test
  void whoMakesObjectsInTheMiddleOfAChangeOfTheSpacesGetsNoMirrors() {
    Spaces spaces = World.engine().spaces();
    for (Object changing :
        new Object[] {spaces.arena(), spaces.nursery(), spaces.tenured(), spaces.old()}) {
      Space.closeOpenCohort();
      synchronized (changing) {
        assertThat(lastOfMany()).as(changing.getClass().getName()).isNull();
      }
      Space.closeOpenCohort(); // waits for an object with a mirror
    }
    World.validate();
  }

  private static Cohort lastOfMany() {
    Cohort last = null;
    for (int i = 0; i < MANY; i++) {
      last = Mirrors.cohortOf(Cell.adopted(i));
    }
    return last;
  }
}
