package dev.holdfast.collect;

import dev.holdfast.hook.Layout;
import dev.holdfast.hook.Mirrors;
import dev.holdfast.layout.FieldKind;
import dev.holdfast.layout.FieldPlan;
import dev.holdfast.layout.LayoutPlan;
import dev.holdfast.layout.Layouts;
import dev.holdfast.table.HandleException;
import dev.holdfast.table.Status;
import java.util.List;

/**
 * Fields that C writes. The Java object is written, each field as if it were volatile, and its
 * mirror after it as after any write; so nothing but those fields changes.
 */
final class FieldWrites {
  private final Layouts layouts;
  private final Engine engine;

  /**
   * @param engine finds the objects of counted handles
   */
  FieldWrites(Layouts layouts, Engine engine) {
    this.layouts = layouts;
    this.engine = engine;
  }

  /** Looks at all of them before it writes the first. */
  void write(Object owner, long[] hfFields, long[] bits) {
    LayoutPlan plan = FieldAccess.planOf(layouts, owner);
    int[] places = new int[hfFields.length];
    Object[] values = new Object[hfFields.length];
    for (int i = 0; i < hfFields.length; i++) {
      places[i] = place(plan, hfFields[i]);
      FieldPlan field = plan.fields().get(places[i]);
      if (field.isFinal()) {
        throw refusal(Status.EFINAL, field, "final");
      }
      values[i] = reference(owner, field, bits[i]);
    }
    Layout layout = layouts.describe(owner.getClass());
    for (int i = 0; i < places.length; i++) {
      FieldKind kind = plan.fields().get(places[i]).kind();
      long spec = layout.fieldSpec(places[i]);
      switch (kind) {
        case ENUM, REFERENCE -> Mirrors.writeReference(owner, spec, values[i]);
        case BOOLEAN -> Mirrors.write(owner, spec, (bits[i] & 0xff) == 0 ? 0 : 1);
        default -> Mirrors.write(owner, spec, bits[i]);
      }
    }
  }

  private static int place(LayoutPlan plan, long hfField) {
    List<FieldPlan> fields = plan.fields();
    for (int i = 0; i < fields.size(); i++) {
      if (fields.get(i).hfField() == hfField) {
        return i;
      }
    }
    throw new HandleException(
        Status.ETYPE, plan.name() + ": has no field 0x" + Long.toHexString(hfField));
  }

  /** What a reference field is to hold, null for any other. */
  private Object reference(Object owner, FieldPlan field, long bits) {
    if (field.kind() == FieldKind.ENUM) {
      return constant(owner, field, (int) bits);
    }
    if (field.kind() != FieldKind.REFERENCE || bits == 0) {
      return null;
    }
    Object value = engine.resolve(bits);
    if (!typeOf(owner, field).isInstance(value)) {
      throw refusal(Status.ETYPE, field, "cannot hold a " + value.getClass().getName());
    }
    return value;
  }

  private static Object constant(Object owner, FieldPlan field, int ordinal) {
    if (ordinal == -1) {
      return null;
    }
    Object[] constants = typeOf(owner, field).getEnumConstants();
    if (constants == null || ordinal < 0 || ordinal >= constants.length) {
      throw refusal(Status.EINVAL, field, "no constant with ordinal " + ordinal);
    }
    return constants[ordinal];
  }

  /** By name, as the JVM would find it: reflection would load the types of all fields. */
  private static Class<?> typeOf(Object owner, FieldPlan field) {
    Class<?> declaring = owner.getClass();
    while (!declaring.getName().equals(field.declaringClass())) {
      declaring = declaring.getSuperclass();
    }
    String descriptor = field.descriptor();
    String name =
        (descriptor.startsWith("[") ? descriptor : descriptor.substring(1, descriptor.length() - 1))
            .replace('/', '.');
    try {
      return Class.forName(name, false, declaring.getClassLoader());
    } catch (ClassNotFoundException e) {
      throw refusal(Status.ETYPE, field, "its type cannot be loaded: " + e.getMessage());
    }
  }

  private static HandleException refusal(int status, FieldPlan field, String why) {
    return new HandleException(status, field.declaringClass() + "." + field.name() + ": " + why);
  }
}
