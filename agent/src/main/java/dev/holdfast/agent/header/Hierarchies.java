package dev.holdfast.agent.header;

import dev.holdfast.layout.ClassShape;
import dev.holdfast.layout.FieldShape;
import dev.holdfast.layout.LayoutPlan;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.objectweb.asm.Type;

/**
 * Classes with all above them, laid out as the runtime lays them out.
 *
 * <p>A mirror begins with the fields of the <em>topmost managed</em> class, and which one that is
 * depends on the agent's {@code include} and {@code exclude}: a class is managed if it is selected
 * or a superclass is. The tool must therefore be given the same selection as the agent, and the
 * fingerprint check at run time refuses the header if it was not.
 */
final class Hierarchies {
  private final ClassPath classPath;
  private final Predicate<String> selected;
  private final Consumer<String> warnings;
  private final Map<String, ClassFile> files = new HashMap<>();
  private final Map<String, LayoutPlan> plans = new HashMap<>();

  /**
   * Looks classes up in a class path.
   *
   * @param selected whether the agent's options select a class, by its binary name
   * @param warnings where to say what may make the layout differ from the run time's
   */
  Hierarchies(ClassPath classPath, Predicate<String> selected, Consumer<String> warnings) {
    this.classPath = classPath;
    this.selected = selected;
    this.warnings = warnings;
  }

  /**
   * The layout of a class that the user named.
   *
   * @throws HeaderException if it or a superclass is not found, or it can have no mirror
   */
  LayoutPlan plan(String name) {
    ClassFile file = file(name);
    if (file == null) {
      throw new HeaderException(name + ": no such class on the " + classPath);
    }
    if (file.isInterface()) {
      throw new HeaderException(name + ": an interface has no fields to mirror");
    }
    Deque<ClassFile> chain = managedChain(file);
    if (chain.isEmpty()) {
      throw new HeaderException(
          name
              + ": not managed, because "
              + (file.optsOut() && selected.test(name)
                  ? "it bears @Mirrored(false)"
                  : "neither it nor a superclass is selected"));
    }
    LayoutPlan plan = null;
    for (ClassFile member : chain) {
      LayoutPlan above = plan;
      plan = plans.get(member.name());
      if (plan == null) {
        plan = layOut(above, member);
        plans.put(member.name(), plan);
      }
    }
    return plan;
  }

  /** The class and those above it down from the topmost managed one, which comes first. */
  private Deque<ClassFile> managedChain(ClassFile file) {
    Deque<ClassFile> managed = new ArrayDeque<>();
    Deque<ClassFile> unselected = new ArrayDeque<>();
    for (ClassFile at = file; ; ) {
      unselected.addFirst(at);
      if (selected.test(at.name()) && !at.optsOut()) {
        // everything below a selected class is managed, whether it is selected or not
        while (!unselected.isEmpty()) {
          managed.addFirst(unselected.removeLast());
        }
      }
      if (at.superName() == null) {
        return managed;
      }
      ClassFile above = file(at.superName());
      if (above == null) {
        throw new HeaderException(
            at.superName() + ": the superclass of " + at.name() + " is not on the " + classPath);
      }
      at = above;
    }
  }

  private LayoutPlan layOut(LayoutPlan above, ClassFile file) {
    List<FieldShape> fields = new ArrayList<>();
    for (ClassFile.Field field : file.fields()) {
      FieldShape plain = new FieldShape(field.name(), field.descriptor(), field.access(), false);
      boolean isEnum = plain.isMirrored() && isEnum(file, field);
      fields.add(new FieldShape(field.name(), field.descriptor(), field.access(), isEnum));
    }
    ClassShape shape =
        new ClassShape(file.name(), file.superName(), true, above == null, false, fields);
    try {
      return LayoutPlan.of(above, shape);
    } catch (IllegalArgumentException e) {
      throw new HeaderException(e.getMessage(), e);
    }
  }

  private boolean isEnum(ClassFile owner, ClassFile.Field field) {
    Type type = Type.getType(field.descriptor());
    if (type.getSort() != Type.OBJECT) {
      return false;
    }
    ClassFile file = file(type.getClassName());
    if (file == null) {
      warnings.accept(
          type.getClassName()
              + ", the type of "
              + owner.name()
              + "."
              + field.name()
              + ", is not on the "
              + classPath
              + ": taken as no enum");
      return false;
    }
    return file.isEnum();
  }

  /** Reads a class file; null if there is none. */
  ClassFile file(String name) {
    if (files.containsKey(name)) {
      return files.get(name);
    }
    ClassFile file = null;
    byte[] bytes = classPath.find(name);
    if (bytes != null) {
      try {
        file = ClassFile.read(bytes);
      } catch (IllegalArgumentException e) {
        throw new HeaderException(
            name + ": its class file on the " + classPath + " cannot be read: " + e.getMessage(),
            e);
      }
      if (!file.name().equals(name)) {
        throw new HeaderException(
            name + ": its class file on the " + classPath + " holds " + file.name());
      }
    }
    files.put(name, file);
    return file;
  }
}
