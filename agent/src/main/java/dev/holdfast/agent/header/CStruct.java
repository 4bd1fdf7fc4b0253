package dev.holdfast.agent.header;

import dev.holdfast.layout.FieldPlan;
import dev.holdfast.layout.LayoutPlan;
import java.util.ArrayList;
import java.util.Collections;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.function.UnaryOperator;

/**
 * One class's struct: its name and what its members are called.
 *
 * @param name of the struct
 * @param plan its layout
 * @param members the names of {@code plan.fields()}, in the same order
 */
record CStruct(String name, LayoutPlan plan, List<String> members) {

  /**
   * Names the members. A member bears its field's name; a field that a field nearer to the class
   * hides is called {@code Class_field} after the class that declares it. Names that need no change
   * are given out first, so that an odd name never displaces a plain one.
   *
   * @param simpleName the C name of a class without prefix, from its binary name
   */
  static CStruct of(String name, LayoutPlan plan, UnaryOperator<String> simpleName) {
    List<FieldPlan> fields = plan.fields();
    boolean[] shadowed = shadowed(fields);
    CNames scope = new CNames();
    List<String> members = new ArrayList<>(Collections.nCopies(fields.size(), null));
    for (int i = 0; i < fields.size(); i++) {
      String field = fields.get(i).name();
      if (!shadowed[i] && CNames.identifier(field).equals(field)) {
        members.set(i, scope.claim(field));
      }
    }
    for (int i = 0; i < fields.size(); i++) {
      FieldPlan field = fields.get(i);
      if (members.get(i) == null) {
        String prefix = shadowed[i] ? simpleName.apply(field.declaringClass()) + "_" : "";
        members.set(i, scope.claim(prefix + field.name()));
      }
    }
    return new CStruct(name, plan, List.copyOf(members));
  }

  private static boolean[] shadowed(List<FieldPlan> fields) {
    boolean[] shadowed = new boolean[fields.size()];
    Set<String> nearer = new HashSet<>();
    for (int i = fields.size() - 1; i >= 0; i--) {
      shadowed[i] = !nearer.add(fields.get(i).name());
    }
    return shadowed;
  }

  /** What {@code sizeof} gives: the mirror's size, rounded up to the strictest alignment in it. */
  int sizeof() {
    int alignment = Integer.BYTES;
    for (FieldPlan field : plan.fields()) {
      alignment = Math.max(alignment, field.kind().size());
    }
    return (plan.size() + alignment - 1) / alignment * alignment;
  }
}
