package dev.holdfast.agent.rewrite;

import java.util.List;
import org.objectweb.asm.ConstantDynamic;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InvokeDynamicInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MultiANewArrayInsnNode;
import org.objectweb.asm.tree.analysis.Interpreter;

/** Follows {@code this} and new objects through a method; of all else only the size is kept. */
class TrackingInterpreter extends Interpreter<Tracked> {
  private final boolean inConstructor;

  TrackingInterpreter(boolean inConstructor) {
    super(Opcodes.ASM9);
    this.inConstructor = inConstructor;
  }

  @Override
  public Tracked newValue(Type type) {
    if (type == null) {
      return Tracked.OTHER;
    }
    return type.getSort() == Type.VOID ? null : Tracked.ofSize(type.getSize());
  }

  @Override
  public Tracked newParameterValue(boolean isInstanceMethod, int local, Type type) {
    if (isInstanceMethod && local == 0) {
      return inConstructor ? Tracked.UNINITIALIZED_THIS : Tracked.THIS;
    }
    return newValue(type);
  }

  @Override
  public Tracked newOperation(AbstractInsnNode instruction) {
    return switch (instruction.getOpcode()) {
      case Opcodes.NEW -> Tracked.madeBy(instruction);
      case Opcodes.LCONST_0, Opcodes.LCONST_1, Opcodes.DCONST_0, Opcodes.DCONST_1 -> Tracked.WIDE;
      case Opcodes.LDC -> Tracked.ofSize(size(((LdcInsnNode) instruction).cst));
      case Opcodes.GETSTATIC -> newValue(Type.getType(((FieldInsnNode) instruction).desc));
      default -> Tracked.OTHER;
    };
  }

  private static int size(Object constant) {
    if (constant instanceof ConstantDynamic dynamic) {
      return dynamic.getSize();
    }
    return constant instanceof Long || constant instanceof Double ? 2 : 1;
  }

  @Override
  public Tracked copyOperation(AbstractInsnNode instruction, Tracked value) {
    return value;
  }

  @Override
  public Tracked unaryOperation(AbstractInsnNode instruction, Tracked value) {
    return switch (instruction.getOpcode()) {
      case Opcodes.CHECKCAST -> value;
      case Opcodes.LNEG,
          Opcodes.DNEG,
          Opcodes.I2L,
          Opcodes.I2D,
          Opcodes.L2D,
          Opcodes.F2L,
          Opcodes.F2D,
          Opcodes.D2L ->
          Tracked.WIDE;
      case Opcodes.GETFIELD -> newValue(Type.getType(((FieldInsnNode) instruction).desc));
      default -> Tracked.OTHER;
    };
  }

  @Override
  public Tracked binaryOperation(AbstractInsnNode instruction, Tracked left, Tracked right) {
    return switch (instruction.getOpcode()) {
      case Opcodes.LALOAD,
          Opcodes.DALOAD,
          Opcodes.LADD,
          Opcodes.DADD,
          Opcodes.LSUB,
          Opcodes.DSUB,
          Opcodes.LMUL,
          Opcodes.DMUL,
          Opcodes.LDIV,
          Opcodes.DDIV,
          Opcodes.LREM,
          Opcodes.DREM,
          Opcodes.LSHL,
          Opcodes.LSHR,
          Opcodes.LUSHR,
          Opcodes.LAND,
          Opcodes.LOR,
          Opcodes.LXOR ->
          Tracked.WIDE;
      default -> Tracked.OTHER;
    };
  }

  @Override
  public Tracked ternaryOperation(
      AbstractInsnNode instruction, Tracked array, Tracked index, Tracked value) {
    return Tracked.OTHER;
  }

  @Override
  public Tracked naryOperation(AbstractInsnNode instruction, List<? extends Tracked> values) {
    if (instruction instanceof MultiANewArrayInsnNode) {
      return Tracked.OTHER;
    }
    String descriptor =
        instruction instanceof InvokeDynamicInsnNode dynamic
            ? dynamic.desc
            : ((MethodInsnNode) instruction).desc;
    return newValue(Type.getReturnType(descriptor));
  }

  @Override
  public void returnOperation(AbstractInsnNode instruction, Tracked value, Tracked expected) {}

  @Override
  public Tracked merge(Tracked one, Tracked other) {
    return one.merge(other);
  }
}
