package dev.holdfast.collect;

import dev.holdfast.hook.FieldSpec;
import dev.holdfast.hook.Layout;
import dev.holdfast.hook.Mirrors;
import dev.holdfast.layout.FieldPlan;
import dev.holdfast.layout.LayoutPlan;
import dev.holdfast.layout.Layouts;
import dev.holdfast.table.HandleException;
import dev.holdfast.table.Status;
import java.util.ArrayList;
import java.util.List;

/**
 * From an {@code hf_field} to the Java field that it names, and from a mirror's differences to
 * names.
 */
final class FieldAccess {
  private static final int HEADER_BIT = 63;

  private final Layouts layouts;

  FieldAccess(Layouts layouts) {
    this.layouts = layouts;
  }

  /** The plan of an object's class; EUNMANAGED where it has none. */
  static LayoutPlan planOf(Layouts layouts, Object owner) {
    LayoutPlan plan = layouts.planOf(owner.getClass());
    if (plan == null) {
      throw new HandleException(
          Status.EUNMANAGED,
          owner.getClass().getName() + ": not a managed class, so it has no fields for C");
    }
    return plan;
  }

  /**
   * What a reference field of an object holds now.
   *
   * @throws HandleException EUNMANAGED, ETYPE when the object has no such field, or it is no
   *     reference
   */
  Object value(Object owner, long hfField) {
    LayoutPlan plan = planOf(layouts, owner);
    List<FieldPlan> fields = plan.fields();
    for (int i = 0; i < fields.size(); i++) {
      FieldPlan field = fields.get(i);
      if (field.hfField() == hfField) {
        Layout layout = layouts.describe(owner.getClass());
        long spec = layout.fieldSpec(i);
        if (!FieldSpec.isReference(spec)) {
          throw new HandleException(
              Status.ETYPE,
              plan.name() + "." + field.name() + ": a " + field.kind() + ", not a reference");
        }
        return Mirrors.referenceIn(owner, FieldSpec.javaOffset(spec));
      }
    }
    throw new HandleException(
        Status.ETYPE, plan.name() + ": has no field 0x" + Long.toHexString(hfField));
  }

  List<String> differences(Object object) {
    long bits = Mirrors.differences(object);
    List<String> names = new ArrayList<>();
    if (bits == 0) {
      return names;
    }
    LayoutPlan plan = layouts.planOf(object.getClass());
    for (int i = 0; i < Math.min(plan.fields().size(), HEADER_BIT); i++) {
      if ((bits >>> i & 1) != 0) {
        names.add(plan.fields().get(i).declaringClass() + "." + plan.fields().get(i).name());
      }
    }
    if (bits >>> HEADER_BIT != 0) {
      names.add(plan.name() + ": header, or a field after the first " + HEADER_BIT);
    }
    return names;
  }
}
