package dev.holdfast.agent.rewrite;

import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.analysis.Value;

/**
 * What data flow knows of one value: whether it is the {@code this} of the method, or the object
 * that one {@code NEW} made, or neither.
 *
 * <pre>
 *   uninitialised, of NEW n  --  INVOKESPECIAL &lt;init&gt; i  --&gt;  initialised, of NEW n by i
 *   uninitialised this       --  INVOKESPECIAL &lt;init&gt; i  --&gt;  this
 *   two different values     --  meet                    --&gt;  other, or perhaps this
 * </pre>
 *
 * Between its {@code NEW} and its {@code <init>} all values with the same {@code NEW} are the same
 * object, because {@link TrackedFrame} forgets those of an earlier turn of a loop. The verifier
 * holds to the same rule.
 */
final class Tracked implements Value {
  /** A value of one word of which nothing is known. */
  static final Tracked OTHER = new Tracked(Kind.OTHER, 1, null, null);

  /** A value of two words: a long or a double. */
  static final Tracked WIDE = new Tracked(Kind.OTHER, 2, null, null);

  /** The receiver, initialised. */
  static final Tracked THIS = new Tracked(Kind.THIS, 1, null, null);

  /** The receiver of a constructor that has not called another one yet. */
  static final Tracked UNINITIALIZED_THIS = new Tracked(Kind.UNINITIALIZED_THIS, 1, null, null);

  /** Either the receiver or something else. */
  static final Tracked PERHAPS_THIS = new Tracked(Kind.PERHAPS_THIS, 1, null, null);

  private enum Kind {
    OTHER,
    THIS,
    UNINITIALIZED_THIS,
    PERHAPS_THIS,
    NEW
  }

  private final Kind kind;
  private final int size;
  private final AbstractInsnNode made;
  private final AbstractInsnNode initialized;

  private Tracked(Kind kind, int size, AbstractInsnNode made, AbstractInsnNode initialized) {
    this.kind = kind;
    this.size = size;
    this.made = made;
    this.initialized = initialized;
  }

  /** The object that this {@code NEW} has just made. */
  static Tracked madeBy(AbstractInsnNode newInstruction) {
    return new Tracked(Kind.NEW, 1, newInstruction, null);
  }

  static Tracked ofSize(int size) {
    return size == 2 ? WIDE : OTHER;
  }

  /** The same object after a call of its constructor. */
  Tracked initializedBy(AbstractInsnNode call) {
    return kind == Kind.UNINITIALIZED_THIS ? THIS : new Tracked(Kind.NEW, 1, made, call);
  }

  boolean isUninitialized() {
    return kind == Kind.UNINITIALIZED_THIS || (kind == Kind.NEW && initialized == null);
  }

  boolean isUninitializedThis() {
    return kind == Kind.UNINITIALIZED_THIS;
  }

  /** Whether it is the receiver for certain. */
  boolean isThis() {
    return kind == Kind.THIS || kind == Kind.UNINITIALIZED_THIS;
  }

  /** Whether it may be the receiver. */
  boolean mayBeThis() {
    return isThis() || kind == Kind.PERHAPS_THIS;
  }

  boolean isMadeBy(AbstractInsnNode newInstruction) {
    return kind == Kind.NEW && made == newInstruction;
  }

  boolean isInitializedBy(AbstractInsnNode call) {
    return kind == Kind.NEW && initialized == call;
  }

  /** The {@code NEW} that made it, or null. */
  AbstractInsnNode made() {
    return made;
  }

  Tracked merge(Tracked that) {
    if (equals(that)) {
      return this;
    }
    return mayBeThis() || that.mayBeThis() ? PERHAPS_THIS : OTHER;
  }

  @Override
  public int getSize() {
    return size;
  }

  @Override
  public boolean equals(Object other) {
    return other instanceof Tracked that
        && kind == that.kind
        && size == that.size
        && made == that.made
        && initialized == that.initialized;
  }

  @Override
  public int hashCode() {
    return kind.hashCode() + System.identityHashCode(made) + System.identityHashCode(initialized);
  }
}
