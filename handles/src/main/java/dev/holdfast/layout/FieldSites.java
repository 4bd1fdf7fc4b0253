package dev.holdfast.layout;

import dev.holdfast.hook.FieldSpec;
import dev.holdfast.hook.Layout;

/** From the key of a site that writes a field to what its hook needs. Thread-safe. */
public final class FieldSites {
  private final Layouts layouts;

  public FieldSites(Layouts layouts) {
    this.layouts = layouts;
  }

  /**
   * What a field site's key names, given the class of an object that it has just written.
   *
   * @return {spec, {@link Layout#offsets()}}; {@link FieldSpec#NONE} where the field is not
   *     mirrored
   */
  public long[] resolveField(int key, Class<?> written) {
    SiteKeys.FieldSite site = Layouts.fieldSite(key);
    Class<?> owner = written;
    while (owner != null && !owner.getName().equals(site.owner())) {
      owner = owner.getSuperclass();
    }
    // From the constant pool's owner upwards the first class that declares the field is the one
    // that PUTFIELD wrote.
    for (; owner != null; owner = owner.getSuperclass()) {
      Layout layout = layouts.describe(owner);
      if (!layout.managed()) {
        break;
      }
      LayoutPlan plan = layouts.planOf(owner);
      for (FieldPlan field : plan.ownFields()) {
        if (field.name().equals(site.name()) && field.descriptor().equals(site.descriptor())) {
          int index = plan.fields().indexOf(field);
          return new long[] {layout.fieldSpec(index), layout.offsets()};
        }
      }
    }
    return new long[] {FieldSpec.NONE, 0};
  }

  /**
   * Where the objects that a field site's field can hold have their hidden fields, given the class
   * of one of them. The field's static type is looked for by name among the class and its
   * superclasses; the topmost of that name is taken, because a class may extend another loader's
   * class of its own name, and all below it have its fields where it has them.
   *
   * @return {@link Layout#offsets()}, or -1 where the static type does not tell
   */
  public long resolveTargets(int key, Class<?> held) {
    String descriptor = Layouts.fieldSite(key).descriptor();
    String name = descriptor.substring(1, descriptor.length() - 1).replace('/', '.');
    Class<?> found = null;
    for (Class<?> at = held; at != null; at = at.getSuperclass()) {
      if (at.getName().equals(name)) {
        found = at;
      }
    }
    Layout layout = found == null ? null : layouts.describe(found);
    return layout != null && layout.managed() ? layout.offsets() : -1;
  }
}
