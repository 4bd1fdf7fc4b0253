package dev.holdfast.endtoend.support;

import dev.holdfast.Handle;
import dev.holdfast.Holdfast;
import dev.holdfast.HoldfastException;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.List;

/** What C sees of an object, against what reflection sees: knows nothing of Holdfast's inside. */
public final class Mirror {
  private static final long UNMIRRORED = 0x4080_0000_0000_0000L;
  private static final int ENUM = 9;

  private Mirror() {}

  /** The object must be managed, and all that C sees of it right. */
  public static void check(Object object) {
    Check.that(Holdfast.isManaged(object), describe(object) + " is managed");
    try (Handle handle = Holdfast.handle(object)) {
      Check.equal(List.of(), Holdfast.verify(object), "verify " + describe(object));
      Check.equal(
          object.getClass().getName(), Probe.C.probe_type_of(handle.bits()), "name of the type");
      checkFields(object, object.getClass(), null, handle.bits());
      for (Class<?> type = object.getClass().getSuperclass();
          hasMirrors(type);
          type = type.getSuperclass()) {
        checkFields(object, type, type.getName(), handle.bits());
        Check.equal(1, Probe.C.probe_instance_of(handle.bits(), type.getName()), "instance of");
      }
      Check.that(handle.get() == object, "the handle names " + describe(object));
    }
  }

  private static boolean hasMirrors(Class<?> type) {
    try {
      Holdfast.requireMirrors(type);
      return true;
    } catch (HoldfastException e) {
      return false;
    }
  }

  /** As {@link #check}, for each. */
  public static void checkAll(Object... objects) {
    for (Object object : objects) {
      check(object);
    }
  }

  private static void checkFields(Object object, Class<?> type, String typeName, long bits) {
    for (Field field : type.getDeclaredFields()) {
      if (!Modifier.isStatic(field.getModifiers())) {
        checkField(object, field, typeName, bits);
      }
    }
  }

  @SuppressWarnings("EnumOrdinal") // it is what C sees
  private static void checkField(Object object, Field field, String typeName, long bits) {
    long[] seen = new long[1];
    int kind = Probe.C.probe_read(bits, typeName, field.getName(), seen);
    if (kind < 0) {
      throw new AssertionError(field + ": " + Probe.C.probe_error());
    }
    Object value;
    try {
      field.setAccessible(true);
      value = field.get(object);
    } catch (IllegalAccessException e) {
      throw new AssertionError(e);
    }
    if (field.getType().isPrimitive()) {
      Check.equal(bits(value), seen[0], field + " as C sees it");
    } else if (field.getType().isEnum()) {
      Check.equal(ENUM, kind, field + ": kind");
      Check.equal(value == null ? -1L : ((Enum<?>) value).ordinal(), seen[0], field + ": ordinal");
    } else {
      checkReference(field, value, seen[0]);
    }
  }

  private static void checkReference(Field field, Object value, long seen) {
    if (value == null) {
      Check.equal(0L, seen, field + " of null");
    } else if (!Holdfast.isManaged(value)) {
      Check.equal(UNMIRRORED, seen, field + " of a class that is not managed");
    } else {
      try (Handle target = Holdfast.handle(value)) {
        Check.equal(target.bits(), seen, field + ": handle of what it refers to");
      }
    }
  }

  private static long bits(Object value) {
    if (value instanceof Boolean truth) {
      return truth ? 1 : 0;
    } else if (value instanceof Character character) {
      return character;
    } else if (value instanceof Float number) {
      return Float.floatToRawIntBits(number) & 0xffff_ffffL;
    } else if (value instanceof Double number) {
      return Double.doubleToRawLongBits(number);
    }
    return ((Number) value).longValue();
  }

  private static String describe(Object object) {
    return object.getClass().getName() + "@" + Integer.toHexString(System.identityHashCode(object));
  }
}
