package dev.holdfast.layout;

import dev.holdfast.hook.FieldSpec;
import dev.holdfast.hook.Layout;

/**
 * From the key of a site that writes a field to what its hook needs. A name alone does not tell a
 * class: one may extend a class of its own name that another loader has defined. Thread-safe.
 */
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
    Class<?> declaring = declaring(key, written);
    if (declaring == null) {
      return new long[] {FieldSpec.NONE, 0};
    }
    LayoutPlan plan = layouts.planOf(declaring);
    Layout layout = layouts.describe(declaring);
    int index = plan.fields().indexOf(fieldOf(plan, Layouts.fieldSite(key)));
    return new long[] {layout.fieldSpec(index), layout.offsets()};
  }

  /** The managed class whose field a site writes, or null if that field is not mirrored. */
  private Class<?> declaring(int key, Class<?> written) {
    SiteKeys.FieldSite site = Layouts.fieldSite(key);
    Class<?> at = owner(site.owner(), Layouts.loaderOfFieldSite(key), written);
    // From the constant pool's owner upwards the first class that declares the field is the one
    // that PUTFIELD wrote.
    while (at != null && layouts.describe(at).managed()) {
      if (fieldOf(layouts.planOf(at), site) != null) {
        return at;
      }
      at = at.getSuperclass();
    }
    return null;
  }

  private static FieldPlan fieldOf(LayoutPlan plan, SiteKeys.FieldSite site) {
    for (FieldPlan field : plan.ownFields()) {
      if (field.name().equals(site.name()) && field.descriptor().equals(site.descriptor())) {
        return field;
      }
    }
    return null;
  }

  /** The class that a loader knows by this name, among one and its superclasses. */
  private static Class<?> owner(String name, ClassLoader loader, Class<?> lowest) {
    Class<?> first = named(name, lowest);
    if (first == null || named(name, first.getSuperclass()) == null) {
      return first;
    }
    try {
      // The site has run, so the JVM remembers what its loader said and does not ask it again.
      return Class.forName(name, false, loader);
    } catch (ClassNotFoundException | LinkageError e) {
      return null;
    }
  }

  private static Class<?> named(String name, Class<?> lowest) {
    Class<?> at = lowest;
    while (at != null && !at.getName().equals(name)) {
      at = at.getSuperclass();
    }
    return at;
  }

  /**
   * Where the objects that a field site's field can hold have their hidden fields. The field's
   * static type is looked for among the superclasses of one of them. It is taken only if it was
   * defined by the loader of the site or of the field's class, which both mean that one by its
   * name; other loaders are not asked, since that could run the program's code.
   *
   * @param owner the class of the object that was written
   * @param held the class of an object that the field holds
   * @return {@link Layout#offsets()}, or -1 where the static type does not tell
   */
  public long resolveTargets(int key, Class<?> owner, Class<?> held) {
    Class<?> declaring = declaring(key, owner);
    if (declaring == null) {
      return -1;
    }
    String descriptor = Layouts.fieldSite(key).descriptor();
    String name = descriptor.substring(1, descriptor.length() - 1).replace('/', '.');
    ClassLoader ofSite = Layouts.loaderOfFieldSite(key);
    ClassLoader ofField = declaring.getClassLoader();
    for (Class<?> at = held; at != null; at = at.getSuperclass()) {
      boolean known = at.getClassLoader() == ofSite || at.getClassLoader() == ofField;
      if (known && at.getName().equals(name)) {
        Layout layout = layouts.describe(at);
        return layout.managed() ? layout.offsets() : -1;
      }
    }
    return -1;
  }
}
