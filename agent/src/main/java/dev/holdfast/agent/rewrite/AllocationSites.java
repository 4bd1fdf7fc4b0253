package dev.holdfast.agent.rewrite;

import dev.holdfast.agent.classfile.ConstantPool;
import dev.holdfast.agent.classfile.Edit;
import dev.holdfast.agent.classfile.Flow;
import dev.holdfast.agent.classfile.Member;
import dev.holdfast.agent.classfile.Opcode;
import dev.holdfast.agent.classfile.Snippet;

/**
 * Allocation sites: the place behind the constructor's call that ends what a {@code NEW} began.
 * Data flow tells which calls those are, whatever stands between the two, and where a copy of the
 * object is left: on top of the stack, as compilers leave it, or in a local variable. Where neither
 * is the case the object is adopted later.
 */
final class AllocationSites {
  /** Words of stack that an adoption takes above those in use behind the constructor's call. */
  static final int EXTRA_STACK = 2;

  /** object -> object object */
  private static final Snippet COPY = Snippet.moving(Opcode.DUP);

  private final RewriteContext context;
  private final ConstantPool pool;
  private final EntryAnswers sites;

  /** Binary name of the class that the sites are in. */
  private final String in;

  AllocationSites(RewriteContext context, ConstantPool pool) {
    this.context = context;
    this.pool = pool;
    sites =
        new EntryAnswers(pool.size()) {
          @Override
          protected boolean ask(int entry) {
            return context.isSite(pool.className(entry));
          }
        };
    in = pool.thisName().replace('/', '.');
  }

  /** Whether a {@code NEW} of this class begins an allocation that is followed by an adoption. */
  boolean concerns(int classEntry) {
    return sites.of(classEntry);
  }

  /**
   * The adoption behind a constructor's call, or null if no copy of the object is at hand.
   *
   * @param flow what is true behind the call
   * @param pc the call's offset
   * @param madeAt the offset of the {@code NEW}
   */
  Edit edit(Flow flow, Member method, int pc, int madeAt) {
    int made = Flow.initializedAt(pc);
    Snippet copy = COPY;
    if (!flow.hasWord() || flow.word(0) != made) {
      int local = flow.localOf(made);
      if (local < 0) {
        return null;
      }
      copy = Snippet.load(local); // -> object
    }
    String name = pool.className(method.entry(madeAt));
    int key = context.siteKey(name, in, method, madeAt);
    return new Edit(pc, null, context.hooks().adopted(copy, key), true); // object ->
  }
}
