package dev.holdfast.layout;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatIllegalArgumentException;
import static org.assertj.core.api.Assertions.tuple;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;

class LayoutPlanTest {
  private static final int HIDDEN = Modifier.PRIVATE | Modifier.TRANSIENT | 0x1000;

  @Test
  void alignsEachFieldNaturallyBehindTheHeader() {
    LayoutPlan plan =
        LayoutPlan.of(
            null,
            shape(
                "a.A",
                "java.lang.Object",
                field("flag", "Z"),
                field("count", "J"),
                field("letter", "C"),
                field("rank", "D"),
                field("next", "La/A;"),
                field("tail", "B")));

    assertThat(plan.fields())
        .extracting(FieldPlan::name, FieldPlan::offset, FieldPlan::kind)
        .containsExactly(
            tuple("flag", 8, FieldKind.BOOLEAN),
            tuple("count", 16, FieldKind.LONG),
            tuple("letter", 24, FieldKind.CHAR),
            tuple("rank", 32, FieldKind.DOUBLE),
            tuple("next", 40, FieldKind.REFERENCE),
            tuple("tail", 48, FieldKind.BYTE));
    assertThat(plan.size()).isEqualTo(49);
    assertThat(plan.slots()).isEqualTo(4);
  }

  @Test
  void beginsASubclassWhereTheLastFieldOfItsSuperclassEnds() {
    LayoutPlan top = LayoutPlan.of(null, shape("a.A", "x.Base", field("x", "J"), field("b", "B")));
    LayoutPlan sub = LayoutPlan.of(top, shape("a.B", "a.A", field("c", "B"), field("x", "S")));

    assertThat(sub.fields().subList(0, 2)).isEqualTo(top.fields());
    assertThat(sub.ownFields())
        .extracting(FieldPlan::name, FieldPlan::offset, FieldPlan::depth)
        .containsExactly(tuple("c", 17, 1), tuple("x", 18, 1));
    assertThat(sub.field("x").declaringClass()).isEqualTo("a.B");
    assertThat(sub.field("b").declaringClass()).isEqualTo("a.A");
    assertThat(sub.field("none")).isNull();
    assertThat(sub.depth()).isOne();
    assertThat(sub.size()).isEqualTo(20);
  }

  @Test
  void isAllHeaderForAClassWithoutFields() {
    LayoutPlan top = LayoutPlan.of(null, shape("a.A", "java.lang.Object"));
    assertThat(top.size()).isEqualTo(8);
    assertThat(top.slots()).isOne();
    assertThat(top.fingerprint()).isEqualTo(Fingerprint.BASE).isEqualTo(top.baseFingerprint());
  }

  @Test
  void leavesOutStaticAndHiddenFieldsButNotTransientOnes() {
    LayoutPlan plan =
        LayoutPlan.of(
            null,
            shape(
                "a.A",
                "java.lang.Object",
                new FieldShape("$cohort", "Ljava/lang/Object;", HIDDEN, false),
                new FieldShape("$slot", "B", HIDDEN, false),
                new FieldShape("INSTANCE", "La/A;", Modifier.STATIC, false),
                new FieldShape("cache", "I", Modifier.TRANSIENT, false)));
    assertThat(plan.fields()).extracting(FieldPlan::name).containsExactly("cache");
  }

  @Test
  void mirrorsAFieldOfTheProgramThatMerelyHasAHiddenName() {
    LayoutPlan plan =
        LayoutPlan.of(
            null,
            shape(
                "a.A",
                "java.lang.Object",
                new FieldShape("$slot", "B", Modifier.PRIVATE, false),
                new FieldShape("$cohort", "I", HIDDEN, false)));
    assertThat(plan.fields()).extracting(FieldPlan::name).containsExactly("$slot", "$cohort");
  }

  @Test
  void showsAnEnumAsItsOrdinalButAnArrayOfEnumsAsAReference() {
    LayoutPlan plan =
        LayoutPlan.of(
            null,
            shape(
                "a.A",
                "java.lang.Object",
                new FieldShape("color", "La/Color;", 0, true),
                new FieldShape("colors", "[La/Color;", 0, true)));
    assertThat(plan.fields())
        .extracting(FieldPlan::kind)
        .containsExactly(FieldKind.ENUM, FieldKind.REFERENCE);
  }

  @Test
  void keepsThePrefixFingerprintWhenFieldsAreAppended() {
    ClassShape old = shape("a.A", "java.lang.Object", field("x", "I"), field("y", "D"));
    ClassShape appended =
        shape("a.A", "java.lang.Object", field("x", "I"), field("y", "D"), field("z", "I"));
    LayoutPlan before = LayoutPlan.of(null, old);
    LayoutPlan after = LayoutPlan.of(null, appended);
    assertThat(after.fields().get(1).fingerprint()).isEqualTo(before.fingerprint());
    assertThat(after.field("x").hfField()).isEqualTo(before.field("x").hfField());
    assertThat(after.fingerprint()).isNotEqualTo(before.fingerprint());
  }

  @Test
  void packsCheckKindAndOffsetIntoTheFieldConstant() {
    FieldPlan age =
        new FieldPlan("a.A", 0, "age", "I", FieldKind.INT, 0x123456, 0, 0x1111111189abcdefL);
    assertThat(age.hfField()).isEqualTo(0x89abcdef_05_123456L);
    FieldPlan zero = new FieldPlan("a.A", 0, "age", "I", FieldKind.INT, 8, 0, 0x1111111100000000L);
    assertThat(zero.hfField()).isEqualTo(0x00000001_05_000008L);
  }

  @Test
  void tellsFinalAndVolatileFields() {
    LayoutPlan plan =
        LayoutPlan.of(
            null,
            shape(
                "a.A",
                "java.lang.Object",
                new FieldShape("f", "I", Modifier.FINAL | Modifier.PRIVATE, false),
                new FieldShape("v", "I", Modifier.VOLATILE, false)));
    assertThat(plan.field("f")).matches(FieldPlan::isFinal).matches(f -> !f.isVolatile());
    assertThat(plan.field("v")).matches(FieldPlan::isVolatile).matches(f -> !f.isFinal());
  }

  @Test
  void refusesAMirrorBeyondTheLimitAndNamesTheField() {
    List<FieldShape> longs = new ArrayList<>();
    for (int i = 0; i < LayoutPlan.MAX_BYTES / 8; i++) {
      longs.add(field("f" + i, "J"));
    }
    List<FieldShape> fitting = longs.subList(0, longs.size() - 1);
    LayoutPlan full = LayoutPlan.of(null, new ClassShape("a.A", "b.B", true, true, true, fitting));
    assertThat(full.size()).isEqualTo(LayoutPlan.MAX_BYTES);
    assertThatIllegalArgumentException()
        .isThrownBy(
            () -> LayoutPlan.of(null, new ClassShape("a.A", "b.B", true, true, true, longs)))
        .withMessage(
            "a.A: its mirror passes 262144 bytes, the limit, at field f32767 (field 32768)");
  }

  @Test
  void refusesThePlanOfAClassThatIsNotTheSuperclass() {
    LayoutPlan other = LayoutPlan.of(null, shape("a.Other", "java.lang.Object"));
    assertThatIllegalArgumentException()
        .isThrownBy(() -> LayoutPlan.of(other, shape("a.B", "a.A")))
        .withMessage("a.B: laid out behind a.Other (expected its superclass a.A)");
  }

  private static ClassShape shape(String name, String superName, FieldShape... fields) {
    return new ClassShape(name, superName, true, true, true, List.of(fields));
  }

  private static FieldShape field(String name, String descriptor) {
    return new FieldShape(name, descriptor, 0, false);
  }
}
