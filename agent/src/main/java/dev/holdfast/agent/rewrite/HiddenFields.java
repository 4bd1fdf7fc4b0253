package dev.holdfast.agent.rewrite;

import dev.holdfast.agent.classfile.ClassPatch;
import dev.holdfast.layout.FieldShape;
import java.lang.reflect.Modifier;

/**
 * The two fields that the topmost managed class of a hierarchy gets: which cohort the object's
 * mirror is in, and where there. With any other modifiers they would change the default {@code
 * serialVersionUID} or what serializers write.
 */
final class HiddenFields {
  private static final int ACC_SYNTHETIC = 0x1000;
  static final int ACCESS = Modifier.PRIVATE | Modifier.TRANSIENT | ACC_SYNTHETIC;
  static final String COHORT_DESCRIPTOR = "Ljava/lang/Object;";
  static final String SLOT_DESCRIPTOR = "B";

  private HiddenFields() {}

  /** Whether the class has a field of that name, of whatever type: offsets are found by name. */
  static boolean conflictWith(TypeFacts facts) {
    for (TypeFacts.Field field : facts.fields()) {
      if (field.name().equals(FieldShape.COHORT) || field.name().equals(FieldShape.SLOT)) {
        return true;
      }
    }
    return false;
  }

  static void addTo(ClassPatch type) {
    type.addField(ACCESS, FieldShape.COHORT, COHORT_DESCRIPTOR);
    type.addField(ACCESS, FieldShape.SLOT, SLOT_DESCRIPTOR);
  }
}
