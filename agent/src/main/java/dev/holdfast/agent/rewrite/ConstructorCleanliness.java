package dev.holdfast.agent.rewrite;

import java.util.HashSet;
import java.util.List;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.analysis.AnalyzerException;
import org.objectweb.asm.tree.analysis.Frame;

/**
 * Decides whether a class's own constructors are clean: whether {@code this} stays with them until
 * they return. Then no other thread can see the object, nobody can have adopted it, and its fields
 * need not be written through.
 *
 * <p>{@code this} leaks where it, or what may be it, is passed, stored, captured, thrown or
 * returned, or is the receiver of a call. Excepted are the calls of another constructor of the
 * hierarchy (the superclass's are asked separately) and of methods of the same class that cannot be
 * overridden and do not leak it either.
 */
final class ConstructorCleanliness {
  private static final String CONSTRUCTOR = "<init>";

  private final ClassReader reader;
  private final ClassNode constructors;
  private final Set<MethodNode> looked = new HashSet<>();
  private ClassNode whole;

  private ConstructorCleanliness(ClassReader reader) {
    this.reader = reader;
    constructors = read(true);
  }

  /** Whether all constructors of the class in this file are clean. */
  static boolean of(ClassReader reader) {
    return new ConstructorCleanliness(reader).isClean();
  }

  private ClassNode read(boolean constructorsOnly) {
    ClassNode type =
        new ClassNode(Opcodes.ASM9) {
          @Override
          public MethodVisitor visitMethod(
              int access, String name, String descriptor, String signature, String[] exceptions) {
            return constructorsOnly && !name.equals(CONSTRUCTOR)
                ? null
                : super.visitMethod(access, name, descriptor, signature, exceptions);
          }
        };
    reader.accept(type, ClassReader.SKIP_DEBUG | ClassReader.SKIP_FRAMES);
    return type;
  }

  /** Most constructors call no method of their own, so the others are read when one does. */
  private List<MethodNode> allMethods() {
    if (whole == null) {
      whole = read(false);
    }
    return whole.methods;
  }

  private boolean isClean() {
    for (MethodNode method : constructors.methods) {
      if (!keepsThis(method)) {
        return false;
      }
    }
    return true;
  }

  private boolean keepsThis(MethodNode method) {
    if (!looked.add(method)) {
      return true; // looked at already, or being looked at
    }
    if ((method.access & (Opcodes.ACC_NATIVE | Opcodes.ACC_ABSTRACT)) != 0) {
      return false;
    }
    Frame<Tracked>[] frames;
    try {
      frames = TrackingAnalyzer.frames(constructors.name, method);
    } catch (AnalyzerException e) {
      return false;
    }
    for (int i = 0; i < frames.length; i++) {
      if (frames[i] != null && leaks(method.instructions.get(i), (TrackedFrame) frames[i])) {
        return false;
      }
    }
    return true;
  }

  private boolean leaks(AbstractInsnNode instruction, TrackedFrame frame) {
    return switch (instruction.getOpcode()) {
      case Opcodes.PUTFIELD, Opcodes.PUTSTATIC, Opcodes.AASTORE, Opcodes.ATHROW, Opcodes.ARETURN ->
          frame.top().mayBeThis();
      case Opcodes.INVOKEDYNAMIC -> {
        String descriptor = ((InvokeDynamicInsnNode) instruction).desc;
        yield anyArgumentMayBeThis(frame, descriptor);
      }
      case Opcodes.INVOKESTATIC,
          Opcodes.INVOKEVIRTUAL,
          Opcodes.INVOKESPECIAL,
          Opcodes.INVOKEINTERFACE ->
          leaks((MethodInsnNode) instruction, frame);
      default -> false;
    };
  }

  private boolean leaks(MethodInsnNode call, TrackedFrame frame) {
    if (anyArgumentMayBeThis(frame, call.desc)) {
      return true;
    }
    if (call.getOpcode() == Opcodes.INVOKESTATIC) {
      return false;
    }
    Tracked receiver = frame.receiver(call);
    if (!receiver.mayBeThis() || receiver.isUninitializedThis()) {
      return false;
    }
    MethodNode target = ownFinalMethod(call);
    return target == null || !keepsThis(target);
  }

  private static boolean anyArgumentMayBeThis(TrackedFrame frame, String descriptor) {
    int arguments = Type.getArgumentCount(descriptor);
    for (int i = 1; i <= arguments; i++) {
      if (frame.getStack(frame.getStackSize() - i).mayBeThis()) {
        return true;
      }
    }
    return false;
  }

  /** The method of this class that the call reaches whatever the receiver's class, or null. */
  private MethodNode ownFinalMethod(MethodInsnNode call) {
    if (!call.owner.equals(constructors.name) || call.getOpcode() == Opcodes.INVOKEINTERFACE) {
      return null;
    }
    for (MethodNode method : allMethods()) {
      if (method.name.equals(call.name) && method.desc.equals(call.desc)) {
        int fixed = Opcodes.ACC_PRIVATE | Opcodes.ACC_FINAL;
        return ((method.access | (constructors.access & Opcodes.ACC_FINAL)) & fixed) != 0
            ? method
            : null;
      }
    }
    return null;
  }
}
