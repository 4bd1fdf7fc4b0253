package dev.holdfast.agent.rewrite;

import dev.holdfast.layout.FieldShape;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.Opcodes;

/**
 * The two fields that the topmost managed class of a hierarchy gets: which cohort the object's
 * mirror is in, and where there. With any other modifiers they would change the default {@code
 * serialVersionUID} or what serializers write.
 */
final class HiddenFields {
  static final int ACCESS = Opcodes.ACC_PRIVATE | Opcodes.ACC_TRANSIENT | Opcodes.ACC_SYNTHETIC;
  static final String COHORT_DESCRIPTOR = "Ljava/lang/Object;";
  static final String SLOT_DESCRIPTOR = "I";

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

  static void addTo(ClassVisitor type) {
    type.visitField(ACCESS, FieldShape.COHORT, COHORT_DESCRIPTOR, null, null).visitEnd();
    type.visitField(ACCESS, FieldShape.SLOT, SLOT_DESCRIPTOR, null, null).visitEnd();
  }
}
