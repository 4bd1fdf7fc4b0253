package dev.holdfast.agent.rewrite;

import dev.holdfast.layout.ClassShape;
import dev.holdfast.layout.FieldShape;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.MethodTooLargeException;
import org.objectweb.asm.Type;

/**
 * Rewrites one class file.
 *
 * <p>A method that would pass 64 KB is tried again without adoptions at its allocation sites: those
 * objects are adopted later. Its field writes and clone calls are not given up, because mirrors
 * would then be wrong: if it is still too large the whole class is left alone.
 */
final class ClassRewriter {
  private final RewriteContext context;
  private final byte[] classFile;
  private final ConstantPool pool;

  ClassRewriter(RewriteContext context, byte[] classFile, ConstantPool pool) {
    this.context = context;
    this.classFile = classFile;
    this.pool = pool;
  }

  /**
   * Rewrites a class that is about to be defined, and tells the runtime if it is managed.
   *
   * @return the new class file, or null if nothing changes
   * @throws RuntimeException if it cannot be rewritten; the message says why
   */
  byte[] define() {
    String name = pool.thisName();
    boolean managed = context.classes().isManaged(context.loader(), pool, classFile);
    if (!managed) {
      return rewrite(false, false);
    }
    TypeFacts facts = context.classes().learn(context.loader(), classFile);
    boolean hidden = !context.classes().isManaged(context.loader(), facts.superName());
    if (hidden && HiddenFields.conflictWith(facts)) {
      throw new IllegalArgumentException("it has a field $cohort or $slot of its own");
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
    String name = pool.thisName();
    boolean hidden = context.classes().hasHiddenFields(context.loader(), name);
    // Its constructors may be others now.
    boolean clean =
        context.classes().isDefined(context.loader(), name)
            && context.classes().isClean(context.loader(), name)
            && ConstructorCleanliness.of(new ClassReader(classFile));
    return rewrite(hidden, clean);
  }

  private byte[] rewrite(boolean hidden, boolean clean) {
    ClassReader reader = new ClassReader(classFile);
    RewritePass pass = new RewritePass(context, reader, clean);
    Set<String> concerned = pass.methodsConcerned();
    if (concerned.isEmpty() && !hidden) {
      return null;
    }
    Set<String> withoutSites = new HashSet<>();
    while (true) {
      try {
        return pass.write(concerned, withoutSites, hidden);
      } catch (MethodTooLargeException e) {
        if (!withoutSites.add(e.getMethodName() + e.getDescriptor())) {
          throw new IllegalArgumentException(
              "its method "
                  + e.getMethodName()
                  + e.getDescriptor()
                  + " would have "
                  + e.getCodeSize()
                  + " bytes (the limit is 65535)",
              e);
        }
      }
    }
  }

  private ClassShape shape(TypeFacts facts, boolean hidden, boolean clean) {
    List<FieldShape> fields = new ArrayList<>();
    for (TypeFacts.Field field : facts.fields()) {
      Type type = Type.getType(field.descriptor());
      fields.add(
          new FieldShape(
              field.name(),
              field.descriptor(),
              field.access(),
              type.getSort() == Type.OBJECT
                  && !field.isStatic()
                  && context.classes().isEnum(context.loader(), type.getInternalName())));
    }
    return new ClassShape(
        facts.name().replace('/', '.'),
        facts.superName().replace('/', '.'),
        true,
        hidden,
        clean,
        fields);
  }
}
