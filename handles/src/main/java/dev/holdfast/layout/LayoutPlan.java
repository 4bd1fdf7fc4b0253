package dev.holdfast.layout;

import java.lang.reflect.Modifier;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;

/**
 * Where each field of a class stands in its mirrors.
 *
 * <pre>
 *   0        4        8
 *   | type   | flags  | superclass's fields ... | own fields, in class-file order, naturally aligned ... |
 *   |  u32   |  u32   |                         |                                                        |
 *   '---- header -----'                                                                     size -------'
 * </pre>
 *
 * The first own field begins at the end of the superclass's last field, aligned for itself: no tail
 * padding is kept, so a superclass's layout is a prefix of its subclasses'. {@code size} is the end
 * of the last field. Immutable; the runtime and the header generator both compute layouts here and
 * nowhere else.
 */
public final class LayoutPlan {
  /** Bytes before the first field: {@code uint32_t type_id, flags}. */
  public static final int HEADER_BYTES = 8;

  /** Bytes of one slot, the step in which mirrors follow each other in a cohort. */
  public static final int SLOT_BYTES = 16;

  /** The largest mirror, in bytes. */
  public static final int MAX_BYTES = 256 * 1024;

  private final LayoutPlan superPlan;
  private final ClassShape shape;
  private final int depth;
  private final List<FieldPlan> fields;

  private LayoutPlan(LayoutPlan superPlan, ClassShape shape) {
    this.superPlan = superPlan;
    this.shape = shape;
    this.depth = superPlan == null ? 0 : superPlan.depth + 1;
    this.fields = Collections.unmodifiableList(place());
  }

  /**
   * Lays out a managed class.
   *
   * @param superPlan the managed superclass's plan; null for the topmost managed class
   * @throws IllegalArgumentException if {@code superPlan} is another class's, or a mirror would
   *     pass {@link #MAX_BYTES}
   */
  public static LayoutPlan of(LayoutPlan superPlan, ClassShape shape) {
    if (superPlan != null && !superPlan.name().equals(shape.superName())) {
      throw new IllegalArgumentException(
          shape.name()
              + ": laid out behind "
              + superPlan.name()
              + " (expected its superclass "
              + shape.superName()
              + ")");
    }
    return new LayoutPlan(superPlan, shape);
  }

  private List<FieldPlan> place() {
    List<FieldPlan> placed = new ArrayList<>(superPlan == null ? List.of() : superPlan.fields);
    long end = superPlan == null ? HEADER_BYTES : superPlan.size();
    long fingerprint = superPlan == null ? Fingerprint.BASE : superPlan.fingerprint();
    for (FieldShape field : shape.fields()) {
      if (!field.isMirrored()) {
        continue;
      }
      FieldKind kind = field.kind();
      long offset = align(end, kind.size());
      end = offset + kind.size();
      if (end > MAX_BYTES) {
        throw new IllegalArgumentException(
            shape.name()
                + ": its mirror passes "
                + MAX_BYTES
                + " bytes, the limit, at field "
                + field.name()
                + " (field "
                + (placed.size() + 1)
                + ")");
      }
      fingerprint = Fingerprint.extend(fingerprint, shape.name(), field.name(), kind, (int) offset);
      placed.add(
          new FieldPlan(
              shape.name(),
              depth,
              field.name(),
              field.descriptor(),
              kind,
              (int) offset,
              flags(field.access()),
              fingerprint));
    }
    return placed;
  }

  private static long align(long offset, int size) {
    return (offset + size - 1) & -size;
  }

  private static int flags(int access) {
    return (Modifier.isFinal(access) ? FieldPlan.FINAL : 0)
        | (Modifier.isVolatile(access) ? FieldPlan.VOLATILE : 0);
  }

  /** Binary name of the class. */
  public String name() {
    return shape.name();
  }

  public ClassShape shape() {
    return shape;
  }

  /** The managed superclass's plan; null for the topmost managed class. */
  public LayoutPlan superPlan() {
    return superPlan;
  }

  /** Managed classes above this one. */
  public int depth() {
    return depth;
  }

  /** Every mirrored field, the superclass's first, in the order of their offsets. */
  public List<FieldPlan> fields() {
    return fields;
  }

  /** The fields that this class itself declares. */
  public List<FieldPlan> ownFields() {
    return fields.subList(superPlan == null ? 0 : superPlan.fields.size(), fields.size());
  }

  /**
   * The field of this name that is nearest to the class, as Java finds it; null if there is none.
   */
  public FieldPlan field(String name) {
    for (int i = fields.size() - 1; i >= 0; i--) {
      if (fields.get(i).name().equals(name)) {
        return fields.get(i);
      }
    }
    return null;
  }

  /** Bytes of a mirror, header included: the end of the last field, not rounded up. */
  public int size() {
    return fields.isEmpty() ? HEADER_BYTES : fields.get(fields.size() - 1).end();
  }

  /** Slots that a mirror takes in its cohort. */
  public int slots() {
    return (size() + SLOT_BYTES - 1) / SLOT_BYTES;
  }

  /** Of all fields. */
  public long fingerprint() {
    return fields.isEmpty() ? baseFingerprint() : fields.get(fields.size() - 1).fingerprint();
  }

  /** Before any field. */
  public long baseFingerprint() {
    return Fingerprint.BASE;
  }

  @Override
  public String toString() {
    return name() + " (" + size() + " bytes, " + fields.size() + " fields)";
  }
}
