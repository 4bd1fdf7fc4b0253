package dev.holdfast.agent.rewrite;

import dev.holdfast.agent.classfile.ConstantPool;
import dev.holdfast.agent.classfile.Edit;
import dev.holdfast.agent.classfile.Opcode;
import dev.holdfast.agent.classfile.Snippet;

/**
 * Writes of mirrored fields. The write stays where it is, in line, and is followed by a call with
 * the object, which reads the field again and stores it in the mirror. (A setter in its place would
 * lose access to final and private fields.)
 */
final class FieldWrites {
  /** Words of stack that a write takes in addition. */
  static final int EXTRA_STACK = 2;

  /** object value -> object value object value; the write then takes the upper pair. */
  private static final Snippet KEEP = Snippet.moving(Opcode.DUP2);

  /** object value -> object */
  private static final Snippet DROP = Snippet.moving(Opcode.POP);

  /** object wide -> object object wide; the write then takes the upper pair. */
  private static final Snippet KEEP_UNDER_WIDE =
      Snippet.moving(
          Opcode.DUP2_X1, // object wide -> wide object wide
          Opcode.POP2, // wide object wide -> wide object
          Opcode.DUP_X2, // wide object -> object wide object
          Opcode.DUP_X2, // object wide object -> object object wide object
          Opcode.POP); // object object wide object -> object object wide

  private final RewriteContext context;
  private final ConstantPool pool;
  private final EntryAnswers mirrored;

  /** By entry: the call that follows a write of that field. */
  private final Snippet[] calls;

  FieldWrites(RewriteContext context, ConstantPool pool) {
    this.context = context;
    this.pool = pool;
    mirrored =
        new EntryAnswers(pool.size()) {
          @Override
          protected boolean ask(int entry) {
            return isMirrored(entry);
          }
        };
    calls = new Snippet[pool.size()];
  }

  private boolean isMirrored(int fieldEntry) {
    String owner = pool.className(pool.owner(fieldEntry));
    return context.classes().mayBeManaged(context.loader(), owner)
        && context
            .classes()
            .isMirrored(
                context.loader(), owner, pool.name(fieldEntry), pool.descriptor(fieldEntry));
  }

  /** Whether a {@code PUTFIELD} of this field is one to a mirrored field. */
  boolean concerns(int fieldEntry) {
    return mirrored.of(fieldEntry);
  }

  Edit edit(int pc, int fieldEntry) {
    Snippet after = calls[fieldEntry];
    if (after == null) {
      after = call(fieldEntry);
      calls[fieldEntry] = after;
    }
    return new Edit(pc, pool.isWide(fieldEntry) ? KEEP_UNDER_WIDE : KEEP, after, false);
  }

  private Snippet call(int fieldEntry) {
    String owner = pool.className(pool.owner(fieldEntry)).replace('/', '.');
    String descriptor = pool.descriptor(fieldEntry);
    int key = context.keys().fieldKey(context.loader(), owner, pool.name(fieldEntry), descriptor);
    return context
        .hooks()
        .written(pool.isWide(fieldEntry) ? Snippet.NOTHING : DROP, descriptor, key);
  }
}
