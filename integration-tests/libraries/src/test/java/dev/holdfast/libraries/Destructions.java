package dev.holdfast.libraries;

import static org.assertj.core.api.Assertions.assertThat;

/** How often a library's destroy function has run since this was made. */
final class Destructions {
  private final Glue glue;
  private final int before;

  Destructions(Glue glue) {
    this.glue = glue;
    this.before = glue.glue_destroyed();
  }

  void were(int times) {
    assertThat(glue.glue_destroyed() - before).as("calls of destroy").isEqualTo(times);
  }
}
