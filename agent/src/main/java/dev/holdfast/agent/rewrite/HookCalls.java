package dev.holdfast.agent.rewrite;

import org.objectweb.asm.Opcodes;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/** The calls that rewritten code makes, and nothing but calls: no branch, frame or local. */
public final class HookCalls {
  /** The class that every class loader finds. */
  public static final String ENTRY = "java/lang/HoldfastHooks";

  private static final String KEYED = "(Ljava/lang/Object;I)V";
  private static final String CLONED = "(Ljava/lang/Object;Ljava/lang/Object;)V";

  private final String owner;

  /** Calls into a class of this name: {@link #ENTRY}, or a stand-in. */
  HookCalls(String owner) {
    this.owner = owner;
  }

  String owner() {
    return owner;
  }

  /** object -> */
  InsnList adopted(int classKey) {
    return keyed("adopted", classKey);
  }

  /** object -> */
  InsnList written(String fieldDescriptor, int fieldKey) {
    String kind =
        switch (fieldDescriptor.charAt(0)) {
          case 'Z', 'B' -> "Byte";
          case 'C', 'S' -> "Short";
          case 'I', 'F' -> "Int";
          case 'J', 'D' -> "Long";
          default -> "Ref";
        };
    return keyed("written" + kind, fieldKey);
  }

  /** receiver result -> */
  AbstractInsnNode cloned() {
    return call("cloned", CLONED);
  }

  private InsnList keyed(String name, int key) {
    InsnList code = new InsnList();
    code.add(push(key)); // -> object key
    code.add(call(name, KEYED)); // ->
    return code;
  }

  private MethodInsnNode call(String name, String descriptor) {
    return new MethodInsnNode(Opcodes.INVOKESTATIC, owner, name, descriptor, false);
  }

  static AbstractInsnNode push(int number) {
    return number >= Short.MIN_VALUE && number <= Short.MAX_VALUE
        ? new IntInsnNode(Opcodes.SIPUSH, number)
        : new LdcInsnNode(number);
  }
}
