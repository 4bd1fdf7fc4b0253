package dev.holdfast.jna;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class JnaVersionTest {
  @ParameterizedTest
  @ValueSource(strings = {"5.8.0", "5.8.0 (b2)", "5.19.1 (b0)", "6.0.0", "unknown"})
  void anOldEnoughVersionPasses(String version) {
    assertThat(JnaVersion.isEnough(version)).isTrue();
  }

  @ParameterizedTest
  @ValueSource(strings = {"4.5.2", "5.7.0 (b0)", "3.0"})
  void anOlderOneDoesNot(String version) {
    assertThat(JnaVersion.isEnough(version)).isFalse();
  }
}
