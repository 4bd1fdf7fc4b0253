package dev.holdfast.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class FieldKindTest {
  @ParameterizedTest
  @CsvSource({
    "Z, 1, 1, uint8_t",
    "B, 2, 1, int8_t",
    "C, 3, 2, uint16_t",
    "S, 4, 2, int16_t",
    "I, 5, 4, int32_t",
    "J, 6, 8, int64_t",
    "F, 7, 4, float",
    "D, 8, 8, double",
    "La/B;, 10, 8, hf_ref",
    "[I, 10, 8, hf_ref",
  })
  void followsFromTheDescriptor(String descriptor, int code, int size, String cType) {
    FieldKind kind = FieldKind.of(descriptor, false);
    assertThat(kind.code()).isEqualTo(code);
    assertThat(kind.size()).isEqualTo(size);
    assertThat(kind.cType()).isEqualTo(cType);
  }

  @Test
  void isAnOrdinalForAnEnum() {
    assertThat(FieldKind.of("La/Color;", true)).isEqualTo(FieldKind.ENUM);
    assertThat(FieldKind.ENUM.code()).isEqualTo(9);
    assertThat(FieldKind.ENUM.cType()).isEqualTo("int32_t");
  }

  @ParameterizedTest
  @ValueSource(strings = {"", "V", "L", "La/B", "()V", "II"})
  void refusesWhatIsNoFieldDescriptor(String descriptor) {
    assertThatIllegalArgumentException()
        .isThrownBy(() -> FieldKind.of(descriptor, false))
        .withMessageContaining("'" + descriptor + "'");
  }
}
