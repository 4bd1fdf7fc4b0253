package dev.holdfast.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.Eventually;
import dev.holdfast.fixture.Big;
import dev.holdfast.fixture.Cell;
import dev.holdfast.fixture.Managed;
import dev.holdfast.fixture.Mirror;
import dev.holdfast.fixture.World;
import java.util.List;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/**
 * A reference field remembers where its targets have their hidden fields only where its static type
 * tells.
 *
 * <p>Goes red when {@link dev.holdfast.layout.FieldSites#resolveTargets} takes the class of the
 * first target for that of all.
 */
@Tag("engine")
class ReferenceTargetsTest {
  /** Fields whose targets are of one hierarchy, and of any. */
  @SuppressWarnings("UnusedVariable")
  static class Pair {
    static {
      Managed.clean(Pair.class);
    }

    private transient Object $cohort;
    private transient byte $slot;

    private Cell cell;
    private Object any;
  }

  /** Inherits the hidden fields. */
  static class SubCell extends Cell {
    static {
      Managed.clean(SubCell.class);
    }

    SubCell() {
      super(2);
    }
  }

  /** Has its hidden fields elsewhere than {@link Cell}. */
  @SuppressWarnings("UnusedVariable")
  static class Far {
    static {
      Managed.clean(Far.class);
    }

    private long first;
    private long second;
    private transient Object third;
    private transient Object $cohort;
    private transient byte $slot;
  }

  private final Pair pair = Managed.adopted(new Pair());

  @BeforeAll
  static void start() {
    World.engine();
  }

  @AfterEach
  void nothingIsBroken() {
    assertThat(World.engine().verify(pair)).isEmpty();
    World.validate();
  }

  private void shows(String field, Object target, long bits) {
    Managed.write(pair, field, target);
    assertThat(Mirror.of(pair).getLong(field)).isEqualTo(bits);
  }

  private void showsHandle(String field, Object target) {
    shows(field, target, Mirrors.handleOf(target));
    assertThat(Mirror.of(pair).getLong(field)).isNotEqualTo(HandleBits.UNMIRRORED);
  }

  @Test
  void aFieldOfAManagedTypeShowsItsSubclassesToo() {
    shows("cell", null, 0);
    showsHandle("cell", Managed.adopted(new SubCell()));
    showsHandle("cell", Cell.adopted(1));
    shows("cell", null, 0);
  }

  @Test
  void aTargetWithoutMirrorIsShownWhenItHasOne() {
    showsHandle("cell", Cell.adopted(1));
    Cell late = new Cell(3);
    Managed.write(pair, "cell", late);
    Eventually.holds("the target has been adopted", () -> Mirror.isShown(late));
    Eventually.holds(
        "the field shows it", () -> Mirror.of(pair).getLong("cell") == Mirrors.handleOf(late));
  }

  @Test
  void aFieldOfAnyTypeShowsEachTargetByItsOwnClass() {
    List<Object> targets =
        List.of(
            Cell.adopted(1),
            Managed.adopted(new Far()),
            Managed.adopted(new Pair()),
            Big.adopted());
    for (Object target : targets) {
      showsHandle("any", target);
      shows("any", "text", HandleBits.UNMIRRORED);
      shows("any", null, 0);
    }
  }
}
