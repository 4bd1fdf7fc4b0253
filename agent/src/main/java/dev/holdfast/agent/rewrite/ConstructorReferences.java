package dev.holdfast.agent.rewrite;

import java.nio.charset.StandardCharsets;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/**
 * {@code C::new}: a lambda whose implementation is the constructor itself, so that its {@code NEW}
 * stands in no class file. The call site's bootstrap method is replaced by {@code
 * dev.holdfast.hook.ConstructorReference}, which has the JDK make the lambda as before and puts an
 * adopting one in front of it:
 *
 * <pre>
 *   caller --&gt; wrapper (made here) --&gt; the JDK's lambda --&gt; new C(...)
 *                  '-- adopted(result)
 * </pre>
 *
 * <p>The wrapper travels in the call site as one more argument, a string of its bytes, so that the
 * boot loader needs no code to make classes. It becomes a hidden class: its frame is in no stack
 * trace. (A hidden factory method as the lambda's implementation would save a call, but JDK 17
 * looks it up by its name, which hidden classes do not have. A private method in the class itself
 * would be in stack traces, and cannot be added to a loaded class.) Serializable lambdas go through
 * another bootstrap method and are left alone, as are constructor handles outside of lambdas.
 */
final class ConstructorReferences {
  private static final String METAFACTORY_OWNER = "java/lang/invoke/LambdaMetafactory";
  private static final String METAFACTORY = "metafactory";
  private static final String HOOK = "constructorReference";
  private static final String HOOK_DESCRIPTOR =
      "(Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;"
          + "Ljava/lang/invoke/MethodType;Ljava/lang/invoke/MethodHandle;"
          + "Ljava/lang/invoke/MethodType;Ljava/lang/String;)Ljava/lang/invoke/CallSite;";
  private static final String WRAPPER_SUFFIX = "$$Lambda$Holdfast";
  private static final String TARGET = "target";

  private final RewriteContext context;

  ConstructorReferences(RewriteContext context) {
    this.context = context;
  }

  boolean concerns(Handle bootstrap, Object... arguments) {
    return bootstrap.getOwner().equals(METAFACTORY_OWNER)
        && bootstrap.getName().equals(METAFACTORY)
        && arguments.length == 3
        && arguments[0] instanceof Type erased
        && erased.getReturnType().getSort() == Type.OBJECT
        && arguments[1] instanceof Handle target
        && target.getTag() == Opcodes.H_NEWINVOKESPECIAL
        && context.isSite(target.getOwner());
  }

  boolean concerns(AbstractInsnNode instruction) {
    return instruction instanceof InvokeDynamicInsnNode site && concerns(site.bsm, site.bsmArgs);
  }

  /**
   * Replaces the bootstrap method; the stack is the same.
   *
   * @param caller internal name of the class that the call site is in
   */
  void replaceBootstrap(InvokeDynamicInsnNode site, String caller) {
    String type = ((Handle) site.bsmArgs[1]).getOwner();
    byte[] wrapper =
        wrapper(
            caller + WRAPPER_SUFFIX,
            Type.getReturnType(site.desc).getInternalName(),
            site.name,
            ((Type) site.bsmArgs[0]).getDescriptor(),
            context.classKey(type));
    site.bsm =
        new Handle(Opcodes.H_INVOKESTATIC, context.hooks().owner(), HOOK, HOOK_DESCRIPTOR, false);
    site.bsmArgs =
        new Object[] {
          site.bsmArgs[0],
          site.bsmArgs[1],
          site.bsmArgs[2],
          new String(wrapper, StandardCharsets.ISO_8859_1)
        };
  }

  private byte[] wrapper(
      String name, String functional, String method, String descriptor, int classKey) {
    ClassWriter writer = new ClassWriter(0);
    writer.visit(
        Opcodes.V1_8,
        Opcodes.ACC_FINAL | Opcodes.ACC_SUPER | Opcodes.ACC_SYNTHETIC,
        name,
        null,
        "java/lang/Object",
        new String[] {functional});
    String field = Type.getObjectType(functional).getDescriptor();
    int hidden = Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL;
    writer.visitField(hidden, TARGET, field, null, null).visitEnd();
    constructor(writer, name, field);
    method(writer, name, functional, method, descriptor, classKey);
    writer.visitEnd();
    return writer.toByteArray();
  }

  private static void constructor(ClassWriter writer, String name, String field) {
    MethodVisitor code = writer.visitMethod(0, "<init>", "(" + field + ")V", null, null);
    code.visitCode();
    code.visitVarInsn(Opcodes.ALOAD, 0); // -> this
    code.visitMethodInsn(Opcodes.INVOKESPECIAL, "java/lang/Object", "<init>", "()V", false); // ->
    code.visitVarInsn(Opcodes.ALOAD, 0); // -> this
    code.visitVarInsn(Opcodes.ALOAD, 1); // -> this lambda
    code.visitFieldInsn(Opcodes.PUTFIELD, name, TARGET, field); // ->
    code.visitInsn(Opcodes.RETURN);
    code.visitMaxs(2, 2);
    code.visitEnd();
  }

  private void method(
      ClassWriter writer,
      String name,
      String functional,
      String method,
      String descriptor,
      int classKey) {
    String field = Type.getObjectType(functional).getDescriptor();
    MethodNode code = new MethodNode(Opcodes.ACC_PUBLIC, method, descriptor, null, null);
    code.visitVarInsn(Opcodes.ALOAD, 0); // -> this
    code.visitFieldInsn(Opcodes.GETFIELD, name, TARGET, field); // -> lambda
    int local = 1;
    for (Type argument : Type.getArgumentTypes(descriptor)) {
      code.visitVarInsn(argument.getOpcode(Opcodes.ILOAD), local); // -> lambda arguments
      local += argument.getSize();
    }
    code.instructions.add(
        new MethodInsnNode(
            Opcodes.INVOKEINTERFACE, functional, method, descriptor, true)); // -> object
    code.visitInsn(Opcodes.DUP); // -> object object
    code.instructions.add(context.hooks().adopted(classKey)); // -> object
    code.visitInsn(Opcodes.ARETURN);
    code.visitMaxs(Math.max(local, 3), local);
    code.accept(writer);
  }
}
