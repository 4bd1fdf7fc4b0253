package dev.holdfast.collect;

import dev.holdfast.table.HandleException;

/** What C follows and keeps of counted objects' reference fields. Any thread. */
public final class FieldReads {
  private final FieldAccess fields;
  private final Engine engine;

  FieldReads(FieldAccess fields, Engine engine) {
    this.fields = fields;
    this.engine = engine;
  }

  /**
   * A counted handle of what a reference field holds, 0 for null.
   *
   * @throws HandleException as {@link Engine#resolve} for the owner; EUNMANAGED, ETYPE for the
   *     field
   */
  public long retain(long owner, long field) {
    Object value = value(owner, field);
    return value == null ? 0 : engine.give(value);
  }

  /**
   * Follows fields from a counted owner; step i follows {@code fields[i]} {@code times[i]} times,
   * which has no sign.
   *
   * @return a counted handle of the last object, 0 when null was met on the way
   */
  public long retainPath(long owner, long[] path, int[] times) {
    Object at = engine.resolve(owner);
    for (int i = 0; i < path.length && at != null; i++) {
      for (int n = 0; n != times[i] && at != null; n++) {
        at = fields.value(at, path[i]);
      }
    }
    return at == null ? 0 : engine.give(at);
  }

  /** What a reference field of a counted owner holds now. */
  public Object value(long owner, long field) {
    return fields.value(engine.resolve(owner), field);
  }
}
