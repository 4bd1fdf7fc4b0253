package dev.holdfast.agent.rewrite;

import dev.holdfast.agent.classfile.ClassBytes;
import dev.holdfast.agent.classfile.ClassPatch;
import dev.holdfast.layout.ClassShape;
import dev.holdfast.layout.FieldShape;
import java.util.ArrayList;
import java.util.List;

/**
 * Rewrites one class file.
 *
 * <p>A method that would pass 64 KB is tried again without adoptions at its allocation sites: those
 * objects are adopted later. Its field writes and clone calls are not given up, because mirrors
 * would then be wrong: if it is still too large the whole class is left alone.
 */
final class ClassRewriter {
  private final RewriteContext context;
  private final ClassBytes file;
  private final boolean managed;

  /**
   * @param managed whether the class is
   */
  ClassRewriter(RewriteContext context, ClassBytes file, boolean managed) {
    this.context = context;
    this.file = file;
    this.managed = managed;
  }

  /**
   * Rewrites a class that is about to be defined, and tells the runtime if it is managed.
   *
   * @return the new class file, or null if nothing changes
   * @throws RuntimeException if it cannot be rewritten; the message says why
   */
  byte[] define() {
    String name = file.pool().thisName();
    if (!managed) {
      return rewrite(false, false);
    }
    TypeFacts facts = context.classes().learn(context.loader(), file);
    boolean hidden = !context.classes().isManaged(context.loader(), facts.superName());
    if (hidden && HiddenFields.conflictWith(facts)) {
      throw new IllegalArgumentException("it has a field $cohort or $slot of its own");
    }
    String ambiguous = facts.ambiguousName();
    if (ambiguous != null) {
      throw new IllegalArgumentException(
          "it has two fields named " + ambiguous + " (offsets can be found by name only)");
    }
    boolean clean = context.classes().isClean(context.loader(), name);
    byte[] rewritten = rewrite(hidden, clean);
    context.keys().record(context.loader(), shape(facts, hidden, clean));
    context.classes().defined(context.loader(), name, hidden);
    return rewritten;
  }

  /**
   * Rewrites a class that is loaded already. What fields it has was settled when it was defined.
   *
   * @return the new class file, or null if nothing changes
   */
  byte[] redefine() {
    String name = file.pool().thisName();
    boolean hidden = context.classes().hasHiddenFields(context.loader(), name);
    // Its constructors may be others now.
    boolean clean =
        context.classes().isDefined(context.loader(), name)
            && context.classes().isClean(context.loader(), name)
            && ConstructorCleanliness.of(file);
    return rewrite(hidden, clean);
  }

  private byte[] rewrite(boolean hidden, boolean clean) {
    ClassPatch patch = new ClassPatch(file);
    if (hidden) {
      HiddenFields.addTo(patch);
    }
    new MethodRewriter(context, file, clean).rewrite(patch);
    return patch.isEmpty() ? null : patch.write();
  }

  private ClassShape shape(TypeFacts facts, boolean hidden, boolean clean) {
    List<FieldShape> fields = new ArrayList<>();
    for (TypeFacts.Field field : facts.fields()) {
      fields.add(
          new FieldShape(
              field.name(),
              field.descriptor(),
              field.access(),
              !field.isStatic() && isEnum(field)));
    }
    return new ClassShape(
        facts.name().replace('/', '.'),
        facts.superName().replace('/', '.'),
        true,
        hidden,
        clean,
        fields);
  }

  private boolean isEnum(TypeFacts.Field field) {
    String type = field.descriptor();
    return type.charAt(0) == 'L'
        && context.classes().isEnum(context.loader(), type.substring(1, type.length() - 1));
  }
}
