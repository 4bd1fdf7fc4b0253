package dev.holdfast.layout;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;

/**
 * The expected numbers were computed by an independent FNV-1a, so they fix the binary interface.
 */
class FingerprintTest {
  @Test
  void hashesTheDocumentedBytes() {
    assertThat(Fingerprint.BASE).isEqualTo(0x600a730f747fb079L);
    long name = Fingerprint.extend(Fingerprint.BASE, "a.Person", "name", FieldKind.REFERENCE, 8);
    assertThat(name).isEqualTo(0xaae358daf92b16fbL);
    assertThat(Fingerprint.extend(name, "a.Person", "age", FieldKind.INT, 16))
        .isEqualTo(0x87da9daf1b0a849aL);
  }

  @Test
  void tellsApartWhatAnyFieldOfTheLayoutChanges() {
    long one = Fingerprint.extend(Fingerprint.BASE, "a.A", "x", FieldKind.INT, 8);
    assertThat(Fingerprint.extend(Fingerprint.BASE, "a.B", "x", FieldKind.INT, 8))
        .isNotEqualTo(one);
    assertThat(Fingerprint.extend(Fingerprint.BASE, "a.A", "y", FieldKind.INT, 8))
        .isNotEqualTo(one);
    assertThat(Fingerprint.extend(Fingerprint.BASE, "a.A", "x", FieldKind.ENUM, 8))
        .isNotEqualTo(one);
    assertThat(Fingerprint.extend(Fingerprint.BASE, "a.A", "x", FieldKind.INT, 12))
        .isNotEqualTo(one);
    assertThat(Fingerprint.extend(Fingerprint.BASE, "a.Ax", "", FieldKind.INT, 8))
        .isNotEqualTo(one);
  }

  @Test
  void neverGivesTheCheckThatMarksNoField() {
    assertThat(Fingerprint.check(0x1234567800000000L)).isEqualTo(1);
    assertThat(Fingerprint.check(0x12345678fffffffeL)).isEqualTo(-2);
  }
}
