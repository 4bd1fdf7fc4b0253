package dev.holdfast.layout;

import java.util.List;
import java.util.Objects;

/**
 * A class as its class file declares it, with what the agent decided about it. All that the layout
 * of its mirrors depends on, together with the superclass's plan.
 *
 * @param name binary name with dots, {@code a.b.C$D}
 * @param superName binary name of the superclass; null only for {@code java.lang.Object}
 * @param managed whether it was selected, or a superclass was
 * @param hidden whether it bears {@code $cohort} and {@code $slot} itself: the topmost managed
 *     class of its hierarchy
 * @param clean whether its constructors and all above are known not to leak {@code this}
 * @param fields all fields in class-file order, static and hidden ones too: the plan leaves out
 *     what is not mirrored
 */
public record ClassShape(
    String name,
    String superName,
    boolean managed,
    boolean hidden,
    boolean clean,
    List<FieldShape> fields) {
  public ClassShape {
    Objects.requireNonNull(name, "name");
    if (name.indexOf('/') >= 0) {
      throw new IllegalArgumentException("'" + name + "': not a binary name (expected a.b.C$D)");
    }
    fields = List.copyOf(fields);
  }
}
