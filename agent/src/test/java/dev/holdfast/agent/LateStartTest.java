package dev.holdfast.agent;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LateStartTest {
  @Test
  void whatThereWasNoMemoryToSayIsSaidOnceThereIsSome() {
    Forgetful cause = new Forgetful(3);
    List<String> said = new ArrayList<>();
    assertThat(LateStart.report(cause, said::add)).isTrue();
    assertThat(said).containsExactly("no folder");
    assertThat(cause.left).isZero();
  }

  @Test
  void memoryThatEndsWhileItIsSaidIsWaitedForToo() {
    List<String> said = new ArrayList<>();
    boolean wasSaid =
        LateStart.report(
            new IllegalStateException("no folder"),
            line -> {
              said.add(line);
              if (said.size() < 3) {
                throw new OutOfMemoryError("Java heap space");
              }
            });
    assertThat(wasSaid).isTrue();
    assertThat(said).containsExactly("no folder", "no folder", "no folder");
  }

  /** Cannot be described the first times. */
  private static final class Forgetful extends IllegalStateException {
    private static final long serialVersionUID = 1;

    private int left;

    Forgetful(int times) {
      super("no folder");
      left = times;
    }

    @Override
    public String getMessage() {
      if (left > 0) {
        left--;
        throw new OutOfMemoryError("Java heap space");
      }
      return super.getMessage();
    }
  }
}
