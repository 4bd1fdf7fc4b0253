package dev.holdfast.layout;

import java.lang.reflect.Modifier;
import java.util.Objects;

/**
 * One field as a class file declares it.
 *
 * @param name as in the class file
 * @param descriptor JVM descriptor, for instance {@code Ljava/lang/String;}
 * @param access the class file's access flags of the field
 * @param isEnum whether the descriptor names an enum: a class with {@code ACC_ENUM} directly below
 *     {@code java.lang.Enum}
 */
public record FieldShape(String name, String descriptor, int access, boolean isEnum) {
  /** Name of the hidden field that refers to the cohort's token. */
  public static final String COHORT = "$cohort";

  /** Name of the hidden field that holds the object's slot in its cohort, plus one. */
  public static final String SLOT = "$slot";

  private static final int SYNTHETIC = 0x1000;
  private static final int HIDDEN = Modifier.PRIVATE | Modifier.TRANSIENT | SYNTHETIC;

  public FieldShape {
    Objects.requireNonNull(name, "name");
    Objects.requireNonNull(descriptor, "descriptor");
  }

  /** What the field is in the mirror. */
  public FieldKind kind() {
    return FieldKind.of(descriptor, isEnum);
  }

  public boolean isStatic() {
    return Modifier.isStatic(access);
  }

  /**
   * Whether this is one of the two fields that Holdfast itself adds. Decided by all it has, not by
   * the name alone: a program may have a field named {@code $slot} of its own.
   */
  public boolean isHidden() {
    return (access & HIDDEN) == HIDDEN
        && ((name.equals(COHORT) && descriptor.equals("Ljava/lang/Object;"))
            || (name.equals(SLOT) && descriptor.equals("B")));
  }

  /** Whether the mirror shows it: every field of the instance but the hidden ones. */
  public boolean isMirrored() {
    return !isStatic() && !isHidden();
  }
}
