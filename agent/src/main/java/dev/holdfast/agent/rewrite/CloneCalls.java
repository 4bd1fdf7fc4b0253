package dev.holdfast.agent.rewrite;

import dev.holdfast.agent.classfile.ConstantPool;
import dev.holdfast.agent.classfile.Edit;
import dev.holdfast.agent.classfile.Opcode;
import dev.holdfast.agent.classfile.Snippet;

/**
 * Calls of {@code clone()}. {@code Object.clone} copies the hidden fields too, so two objects would
 * have one mirror. Which class the receiver has is known only when the call is made: every call
 * that may reach {@code Object.clone} is followed by one with the receiver and the result.
 */
final class CloneCalls {
  /** Words of stack that a call takes in addition. */
  static final int EXTRA_STACK = 2;

  /** receiver -> receiver receiver */
  private static final Snippet KEEP = Snippet.moving(Opcode.DUP);

  /** receiver result -> result receiver result */
  private static final Snippet UNDER = Snippet.moving(Opcode.DUP_X1);

  private final RewriteContext context;
  private final EntryAnswers clones;

  CloneCalls(RewriteContext context, ConstantPool pool) {
    this.context = context;
    clones =
        new EntryAnswers(pool.size()) {
          @Override
          protected boolean ask(int entry) {
            return isClone(pool, entry);
          }
        };
  }

  /** Whether the pool's entry names a {@code clone()} that may be that of {@code Object}. */
  static boolean isClone(ConstantPool pool, int methodEntry) {
    return pool.isNamed(methodEntry, "clone")
        && pool.descriptor(methodEntry).startsWith("()L")
        && !pool.classNameStartsWith(pool.owner(methodEntry), "[");
  }

  /** Whether a call of this method, not a static one, is followed by ours. */
  boolean concerns(int methodEntry) {
    return clones.of(methodEntry);
  }

  Edit edit(int pc) {
    return new Edit(pc, KEEP, context.hooks().cloned(UNDER), false); // ... result -> result
  }
}
