package dev.holdfast.agent.rewrite;

import dev.holdfast.agent.classfile.ClassBytes;
import dev.holdfast.agent.classfile.ConstantPool;
import dev.holdfast.agent.classfile.Flow;
import dev.holdfast.agent.classfile.Member;
import dev.holdfast.agent.classfile.Opcode;
import java.lang.reflect.Modifier;
import java.util.HashSet;
import java.util.Set;

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
  private final ClassBytes file;
  private final ConstantPool pool;
  private final Set<Member> looked = new HashSet<>();

  private ConstructorCleanliness(ClassBytes file) {
    this.file = file;
    pool = file.pool();
  }

  /** Whether all constructors of the class in this file are clean. */
  static boolean of(ClassBytes file) {
    return new ConstructorCleanliness(file).isClean();
  }

  private boolean isClean() {
    for (Member method : file.methods()) {
      if (method.isConstructor() && !keepsThis(method)) {
        return false;
      }
    }
    return true;
  }

  private boolean keepsThis(Member method) {
    if (!looked.add(method)) {
      return true; // looked at already, or being looked at
    }
    if (!method.hasCode()) {
      return false;
    }
    try {
      Leaks leaks = new Leaks(method);
      Flow.follow(pool, method, leaks);
      return !leaks.found;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }

  /** Looks for instructions of a method that let {@code this} out. */
  private final class Leaks extends Flow.Visitor {
    private final Member method;
    boolean found;

    Leaks(Member method) {
      this.method = method;
    }

    @Override
    public void before(int pc, int opcode) {
      if (!found) {
        found = leaks(pc, opcode);
      }
    }

    private boolean leaks(int pc, int opcode) {
      return switch (opcode) {
        case Opcode.PUTFIELD, Opcode.PUTSTATIC, Opcode.AASTORE, Opcode.ATHROW, Opcode.ARETURN ->
            Flow.mayBeThis(flow.word(0));
        case Opcode.INVOKEDYNAMIC, Opcode.INVOKESTATIC ->
            flow.anyArgumentMayBeThis(method.entry(pc));
        case Opcode.INVOKEVIRTUAL, Opcode.INVOKESPECIAL, Opcode.INVOKEINTERFACE ->
            callLeaks(opcode, method.entry(pc));
        default -> false;
      };
    }

    private boolean callLeaks(int opcode, int entry) {
      if (flow.anyArgumentMayBeThis(entry)) {
        return true;
      }
      int receiver = flow.receiver(entry);
      if (!Flow.mayBeThis(receiver) || receiver == Flow.UNINITIALIZED_THIS) {
        return false;
      }
      Member target = ownFinalMethod(opcode, entry);
      return target == null || !keepsThis(target);
    }
  }

  /** The method of this class that a call reaches whatever the receiver's class, or null. */
  private Member ownFinalMethod(int opcode, int entry) {
    if (opcode == Opcode.INVOKEINTERFACE
        || !pool.thisName().equals(pool.className(pool.owner(entry)))) {
      return null;
    }
    for (Member method : file.methods()) {
      if (method.isNamedBy(entry)) {
        int fixed = Modifier.PRIVATE | Modifier.FINAL;
        return ((method.access() | (pool.access() & Modifier.FINAL)) & fixed) != 0 ? method : null;
      }
    }
    return null;
  }
}
