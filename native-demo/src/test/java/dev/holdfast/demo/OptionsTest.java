package dev.holdfast.demo;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;

class OptionsTest {
  @Test
  void takesTheWholeJdkUnlessTold() {
    assertThat(Options.parse()).isEqualTo(new Options(Integer.MAX_VALUE, 100, 2));
  }

  @Test
  void takesNumbers() {
    assertThat(Options.parse("--limit", "500", "--iterations", "3", "--allocators", "0"))
        .isEqualTo(new Options(500, 3, 0));
  }

  @Test
  void saysWhichArgumentIsWrong() {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.parse("--limit", "0"))
        .withMessage("--limit '0': not a number from 1 on");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.parse("--iterations"))
        .withMessage("--iterations '': not a number from 1 on");
    assertThatIllegalArgumentException()
        .isThrownBy(() -> Options.parse("--speed", "1"))
        .withMessage("--speed: no such argument");
  }
}
