package dev.holdfast.agent.rewrite;

import dev.holdfast.agent.classfile.ClassBytes;
import dev.holdfast.agent.classfile.ClassPatch;
import dev.holdfast.agent.classfile.ConstantPool;
import dev.holdfast.agent.classfile.Edit;
import dev.holdfast.agent.classfile.Flow;
import dev.holdfast.agent.classfile.Member;
import dev.holdfast.agent.classfile.MethodEdits;
import dev.holdfast.agent.classfile.Opcode;
import java.util.ArrayList;
import java.util.List;

/**
 * Rewrites the methods of one class. Only straight-line code is added, so frames, branches, lines
 * and local variables stay what they are; they only move. Most methods need no change, and of those
 * that do, most need no data flow: where a write goes depends on its receiver only in constructors.
 */
final class MethodRewriter {
  private static final int MOST_STACK = 0xffff;

  private final ClassBytes file;
  private final ConstantPool pool;
  private final boolean cleanConstructors;
  private final AllocationSites sites;
  private final FieldWrites writes;
  private final CloneCalls clones;
  private final ConstructorReferences references;

  /**
   * @param cleanConstructors whether its constructors and all above are clean, so that what they
   *     write to {@code this} needs no call
   */
  MethodRewriter(RewriteContext context, ClassBytes file, boolean cleanConstructors) {
    this.file = file;
    this.cleanConstructors = cleanConstructors;
    pool = file.pool();
    sites = new AllocationSites(context, pool);
    writes = new FieldWrites(context, pool);
    clones = new CloneCalls(context, pool);
    references = new ConstructorReferences(context, file);
  }

  /** Adds to the patch what the class's methods need. */
  void rewrite(ClassPatch patch) {
    for (Member method : file.methods()) {
      if (method.hasCode()) {
        rewrite(method, patch);
      }
    }
  }

  private void rewrite(Member method, ClassPatch patch) {
    boolean byFlow = false;
    int[] instructions = method.writesCallsAndNews();
    int concerned = 0;
    for (int pc : instructions) {
      int opcode = method.opcode(pc);
      if (concerns(opcode, method.entry(pc))) {
        byFlow |= opcode == Opcode.NEW || (opcode == Opcode.PUTFIELD && method.isConstructor());
        instructions[concerned++] = pc;
      }
    }
    if (concerned == 0) {
      return;
    }
    Edits edits = new Edits(method, patch);
    if (byFlow) {
      follow(method, edits);
    } else {
      for (int i = 0; i < concerned; i++) {
        edits.before(instructions[i], method.opcode(instructions[i]));
      }
    }
    edits.done();
  }

  private boolean concerns(int opcode, int entry) {
    return switch (opcode) {
      case Opcode.NEW -> sites.concerns(entry);
      case Opcode.PUTFIELD -> writes.concerns(entry);
      case Opcode.INVOKESTATIC -> false;
      case Opcode.INVOKEDYNAMIC -> references.concerns(entry);
      default -> clones.concerns(entry);
    };
  }

  private void follow(Member method, Edits edits) {
    try {
      Flow.follow(pool, method, edits);
    } catch (IllegalArgumentException e) {
      throw new IllegalArgumentException(
          "its method "
              + method.name()
              + method.descriptor()
              + " cannot be followed: "
              + e.getMessage(),
          e);
    }
  }

  /** What is added to one method, found on the way through it. */
  private final class Edits extends Flow.Visitor {
    private final Member method;
    private final ClassPatch patch;
    private final List<Edit> found = new ArrayList<>();
    private int maxStack;
    private int extraStack;
    private int madeAt = -1;

    Edits(Member method, ClassPatch patch) {
      this.method = method;
      this.patch = patch;
    }

    @Override
    public void before(int pc, int opcode) {
      madeAt = -1;
      if (opcode == Opcode.PUTFIELD) {
        int field = method.entry(pc);
        if (writes.concerns(field) && !isBeforeAdoption(field)) {
          found.add(writes.edit(pc, field));
          extraStack = Math.max(extraStack, FieldWrites.EXTRA_STACK);
        }
      } else if (opcode == Opcode.INVOKEDYNAMIC) {
        if (references.concerns(method.entry(pc))) {
          references.redirect(patch, method, pc);
        }
      } else if (opcode >= Opcode.INVOKEVIRTUAL && opcode <= Opcode.INVOKEINTERFACE) {
        call(pc, opcode, method.entry(pc));
      }
    }

    private void call(int pc, int opcode, int entry) {
      if (opcode != Opcode.INVOKESTATIC && clones.concerns(entry)) {
        found.add(clones.edit(pc));
        extraStack = Math.max(extraStack, CloneCalls.EXTRA_STACK);
      } else if (flow != null && opcode == Opcode.INVOKESPECIAL && pool.isNamed(entry, "<init>")) {
        madeAt = Flow.madeAt(flow.receiver(entry));
      }
    }

    @Override
    public void after(int pc, int opcode) {
      if (madeAt < 0 || !sites.concerns(method.entry(madeAt))) {
        return;
      }
      Edit adoption = sites.edit(flow, method, pc, madeAt);
      if (adoption != null) {
        found.add(adoption);
        maxStack = Math.max(maxStack, flow.depth() + AllocationSites.EXTRA_STACK);
      }
    }

    /**
     * Whether a write is one that comes before the object can have been adopted: to an
     * uninitialised {@code this}, which cannot be passed to anybody, or to {@code this} in a clean
     * constructor.
     */
    private boolean isBeforeAdoption(int field) {
      if (!method.isConstructor()) {
        return false;
      }
      int receiver = flow.word(pool.isWide(field) ? 2 : 1);
      return receiver == Flow.UNINITIALIZED_THIS || (cleanConstructors && receiver == Flow.THIS);
    }

    void done() {
      if (!found.isEmpty()) {
        patch.edit(new MethodEdits(method, found, deepest()));
      }
    }

    private int deepest() {
      int deepest = Math.max(method.maxStack() + extraStack, maxStack);
      if (deepest > MOST_STACK) {
        throw new IllegalArgumentException(
            "its method "
                + method.name()
                + method.descriptor()
                + " would have a stack of "
                + deepest
                + " words (the limit is "
                + MOST_STACK
                + ")");
      }
      return deepest;
    }
  }
}
