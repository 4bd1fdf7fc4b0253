package dev.holdfast.layout;

import dev.holdfast.arena.Memory;
import dev.holdfast.arena.RuntimeBlock;
import java.util.ArrayList;
import java.util.List;

/**
 * The layouts as C sees them ({@code struct hfi_type}, {@code struct hfi_field}): immutable once
 * published, never freed, ids never reused.
 *
 * <pre>
 * type:   0 id | 4 depth | 8 size | 12 fields | 16 fingerprint | 24 ancestors u32[depth+1] | 32 fields | 40 name
 *        48 checks u32[size] | 56 base fingerprint                                                     (64 bytes)
 * field:  0 prefix fingerprint | 8 offset | 12 kind u8 | 13 flags u8 | 14 depth u16 | 16 name | 24 descriptor (32 bytes)
 * </pre>
 */
final class TypeTable {
  static final int TYPE_BYTES = 64;
  static final int FIELD_BYTES = 32;
  private static final int SEGMENT_SHIFT = 10;
  private static final int SEGMENT = 1 << SEGMENT_SHIFT;
  private static final int LIMIT = RuntimeBlock.TYPE_SEGMENTS * SEGMENT;

  private final RuntimeBlock block;
  private final Memory memory;
  private final List<LayoutPlan> plans = new ArrayList<>();

  TypeTable(RuntimeBlock block) {
    this.block = block;
    this.memory = block.memory();
    plans.add(null); // ids start at 1
  }

  /**
   * Shows a layout to C.
   *
   * @param superId id of the managed superclass's type, 0 for none
   * @return the new id
   * @throws IllegalStateException when the table's {@value #LIMIT} ids are used up
   */
  synchronized int publish(LayoutPlan plan, int superId) {
    int id = plans.size();
    if (id >= LIMIT) {
      throw new IllegalStateException(id + " types: the limit is " + LIMIT);
    }
    long type = memory.allocateOrThrow(TYPE_BYTES);
    memory.putInt(type, id);
    memory.putInt(type + 4, plan.depth());
    memory.putInt(type + 8, plan.size());
    memory.putInt(type + 12, plan.fields().size());
    memory.putLong(type + 16, plan.fingerprint());
    memory.putLong(type + 24, ancestors(plan, id, superId));
    memory.putLong(type + 32, fields(plan));
    memory.putLong(type + 40, memory.allocateText(plan.name()));
    memory.putLong(type + 48, checks(plan));
    memory.putLong(type + 56, plan.baseFingerprint());
    long segment = block.typeSegment(id >>> SEGMENT_SHIFT);
    if (segment == 0) {
      segment = memory.allocateOrThrow(8L * SEGMENT);
      block.setTypeSegment(id >>> SEGMENT_SHIFT, segment);
    }
    memory.putLongRelease(segment + 8L * (id & SEGMENT - 1), type);
    plans.add(plan);
    block.setTypesLimit(id);
    return id;
  }

  private long ancestors(LayoutPlan plan, int id, int superId) {
    long own = memory.allocateOrThrow(4L * (plan.depth() + 1));
    if (superId != 0) {
      long above = memory.getLong(address(superId) + 24);
      for (int i = 0; i < plan.depth(); i++) {
        memory.putInt(own + 4L * i, memory.getInt(above + 4L * i));
      }
    }
    memory.putInt(own + 4L * plan.depth(), id);
    return own;
  }

  private long fields(LayoutPlan plan) {
    long fields = memory.allocateOrThrow(Math.max(1, plan.fields().size()) * (long) FIELD_BYTES);
    long at = fields;
    for (FieldPlan field : plan.fields()) {
      memory.putLong(at, field.fingerprint());
      memory.putInt(at + 8, field.offset());
      memory.putInt(at + 12, field.kind().code() | field.flags() << 8 | field.depth() << 16);
      memory.putLong(at + 16, memory.allocateText(field.name()));
      memory.putLong(at + 24, memory.allocateText(field.descriptor()));
      at += FIELD_BYTES;
    }
    return fields;
  }

  private long checks(LayoutPlan plan) {
    long checks = memory.allocateOrThrow(4L * plan.size());
    for (FieldPlan field : plan.fields()) {
      memory.putInt(checks + 4L * field.offset(), (int) (field.hfField() >>> 32));
    }
    return checks;
  }

  private long address(int id) {
    return memory.getLong(block.typeSegment(id >>> SEGMENT_SHIFT) + 8L * (id & SEGMENT - 1));
  }

  /** The plan of a published type, null for an id that is none. */
  synchronized LayoutPlan plan(int id) {
    return id > 0 && id < plans.size() ? plans.get(id) : null;
  }

  /** The id of the first published type of this binary name, 0 if there is none. */
  synchronized int find(String name) {
    for (int id = 1; id < plans.size(); id++) {
      if (plans.get(id).name().equals(name)) {
        return id;
      }
    }
    return 0;
  }

  synchronized int limit() {
    return plans.size();
  }
}
