package dev.holdfast.agent.rewrite;

import dev.holdfast.agent.classfile.ClassBytes;
import dev.holdfast.agent.classfile.ClassPatch;
import dev.holdfast.agent.classfile.ConstantPool;
import dev.holdfast.agent.classfile.Member;
import dev.holdfast.agent.classfile.Opcode;
import dev.holdfast.agent.classfile.Snippet;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

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
  private static final String ARGUMENTS =
      "Ljava/lang/invoke/MethodHandles$Lookup;Ljava/lang/String;Ljava/lang/invoke/MethodType;"
          + "Ljava/lang/invoke/MethodType;Ljava/lang/invoke/MethodHandle;"
          + "Ljava/lang/invoke/MethodType;";
  private static final String METAFACTORY_DESCRIPTOR =
      "(" + ARGUMENTS + ")Ljava/lang/invoke/CallSite;";
  private static final String HOOK_DESCRIPTOR =
      "(" + ARGUMENTS + "Ljava/lang/String;)Ljava/lang/invoke/CallSite;";
  private static final String WRAPPER_SUFFIX = "$$Lambda$Holdfast";
  private static final String TARGET = "target";

  private static final int NEW_INVOKE_SPECIAL = 8;

  private final RewriteContext context;
  private final ClassBytes file;
  private final ConstantPool pool;
  private final EntryAnswers constructors;

  ConstructorReferences(RewriteContext context, ClassBytes file) {
    this.context = context;
    this.file = file;
    pool = file.pool();
    constructors =
        new EntryAnswers(pool.size()) {
          @Override
          protected boolean ask(int entry) {
            return isOfSite(entry);
          }
        };
  }

  private boolean isOfSite(int callSite) {
    int[] bootstrap = file.bootstrap(pool.bootstrap(callSite));
    return bootstrap.length == 4
        && pool.tag(bootstrap[1]) == ConstantPool.METHOD_TYPE
        && pool.tag(bootstrap[2]) == ConstantPool.METHOD_HANDLE
        && pool.handleKind(bootstrap[2]) == NEW_INVOKE_SPECIAL
        && isMetafactory(pool.handleTarget(bootstrap[0]))
        && Type.getReturnType(pool.methodType(bootstrap[1])).getSort() == Type.OBJECT
        && context.isSite(made(bootstrap));
  }

  private boolean isMetafactory(int method) {
    return pool.isNamed(method, METAFACTORY)
        && METAFACTORY_DESCRIPTOR.equals(pool.descriptor(method))
        && METAFACTORY_OWNER.equals(pool.className(pool.owner(method)));
  }

  /** The class whose constructor is referred to. */
  private String made(int[] bootstrap) {
    return pool.className(pool.owner(pool.handleTarget(bootstrap[2])));
  }

  /** Whether a call site makes a lambda of a constructor of a managed class. */
  boolean concerns(int callSite) {
    return constructors.of(callSite);
  }

  /** Replaces the bootstrap method of the call site at an offset; the stack is the same. */
  void redirect(ClassPatch patch, Member method, int pc) {
    int callSite = method.entry(pc);
    int[] bootstrap = file.bootstrap(pool.bootstrap(callSite));
    byte[] wrapper =
        wrapper(
            pool.thisName() + WRAPPER_SUFFIX,
            Type.getReturnType(pool.descriptor(callSite)).getInternalName(),
            pool.name(callSite),
            pool.methodType(bootstrap[1]),
            context.siteKey(made(bootstrap), pool.thisName().replace('/', '.'), method, pc));
    patch.redirect(
        method,
        pc,
        context.hooks().bootstrap(HOOK, HOOK_DESCRIPTOR),
        Arrays.copyOfRange(bootstrap, 1, bootstrap.length),
        new String(wrapper, StandardCharsets.ISO_8859_1));
  }

  private byte[] wrapper(
      String name, String functional, String method, String descriptor, int siteKey) {
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
    method(writer, name, functional, method, descriptor, siteKey);
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
      int siteKey) {
    String field = Type.getObjectType(functional).getDescriptor();
    MethodVisitor code = writer.visitMethod(Opcodes.ACC_PUBLIC, method, descriptor, null, null);
    code.visitCode();
    code.visitVarInsn(Opcodes.ALOAD, 0); // -> this
    code.visitFieldInsn(Opcodes.GETFIELD, name, TARGET, field); // -> lambda
    int local = 1;
    for (Type argument : Type.getArgumentTypes(descriptor)) {
      code.visitVarInsn(argument.getOpcode(Opcodes.ILOAD), local); // -> lambda arguments
      local += argument.getSize();
    }
    code.visitMethodInsn(
        Opcodes.INVOKEINTERFACE, functional, method, descriptor, true); // -> object
    context.hooks().adopted(Snippet.moving(Opcode.DUP), siteKey).accept(code); // -> object
    code.visitInsn(Opcodes.ARETURN);
    code.visitMaxs(Math.max(local, 3), local);
    code.visitEnd();
  }
}
