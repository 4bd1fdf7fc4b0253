package dev.holdfast.agent.classfile;

import java.util.Arrays;

/**
 * Follows {@code this} and new objects through a method, word by word of its local variables and
 * its stack; of all else only the place is kept.
 *
 * <pre>
 *   made by NEW n, uninitialised  --  INVOKESPECIAL &lt;init&gt; at i  --&gt;  initialised by i
 *   uninitialised this            --  INVOKESPECIAL &lt;init&gt; at i  --&gt;  this
 *   two different words           --  meet                       --&gt;  other, or perhaps this
 * </pre>
 *
 * Between its {@code NEW} and its {@code <init>} all words of the same {@code NEW} are the same
 * object, because those of an earlier turn of a loop are forgotten. The verifier holds to the same
 * rule. Subroutines of old compilers are followed from each call into them and back to all.
 */
public final class Flow {
  /** Looks at each instruction that can be reached, in the order of the code. */
  public abstract static class Visitor {
    /** What is true at the instruction that is looked at; null before the way begins. */
    protected Flow flow;

    /** Before the instruction. */
    public abstract void before(int pc, int opcode);

    /** Behind the instruction, if the next one is reached from it. */
    public void after(int pc, int opcode) {}
  }

  /** A word of which nothing is known. */
  public static final int OTHER = 0;

  /** The receiver, initialised. */
  public static final int THIS = 1;

  /** The receiver of a constructor that has not called another one yet. */
  public static final int UNINITIALIZED_THIS = 2;

  /** Either the receiver or something else. */
  public static final int PERHAPS_THIS = 3;

  private static final int MADE = 4;
  private static final int INITIALIZED = 5;
  private static final int RETURN_ADDRESS = 6;
  private static final int KIND = 7;
  private static final int SHIFT = 3;

  private static final int HANDLER = 8;

  /** In all states that are kept. */
  private static final int MOST_WORDS = 1 << 24;

  private final ConstantPool file;
  private final Member method;
  private final int locals;
  private final int[] handlers;
  private final boolean[] isTarget;
  private final int[][] known;
  private int knownWords;
  private final int[] waiting;
  private final boolean[] isWaiting;
  private int waitingCount;

  /** Local variables, then the stack. */
  private final int[] now;

  private int top;
  private boolean localsChanged;

  private Flow(ConstantPool file, Member method) {
    this.file = file;
    this.method = method;
    int length = method.codeLength();
    locals = method.maxLocals();
    now = new int[locals + method.maxStack() + 1];
    known = new int[length][];
    isTarget = new boolean[length];
    isWaiting = new boolean[length];
    waiting = new int[length];
    handlers = readHandlers();
    markTargets();
  }

  /**
   * Has a visitor look at a method.
   *
   * @throws IllegalArgumentException if it cannot be followed; the message says where
   */
  public static void follow(ConstantPool file, Member method, Visitor visitor) {
    try {
      Flow flow = new Flow(file, method);
      visitor.flow = flow;
      flow.run(visitor);
    } catch (IndexOutOfBoundsException e) {
      throw new IllegalArgumentException("its code uses what is not there", e);
    }
  }

  // ---- what a visitor asks ---------------------------------------------------------------------

  /** The word so many below the topmost one. */
  public int word(int below) {
    return now[top - 1 - below];
  }

  /** Whether there is a word on the stack. */
  public boolean hasWord() {
    return top > locals;
  }

  /** Words on the stack. */
  public int depth() {
    return top - locals;
  }

  /** The local variable that holds this word, or -1. */
  public int localOf(int word) {
    for (int i = 0; i < locals; i++) {
      if (now[i] == word) {
        return i;
      }
    }
    return -1;
  }

  /** Before a call: the receiver. */
  public int receiver(int methodEntry) {
    return word(Words.ofArguments(file, file.descriptorEntry(methodEntry)));
  }

  /** Before a call: whether one of the arguments may be {@code this}. */
  public boolean anyArgumentMayBeThis(int entry) {
    for (int i = Words.ofArguments(file, file.descriptorEntry(entry)) - 1; i >= 0; i--) {
      if (mayBeThis(word(i))) {
        return true;
      }
    }
    return false;
  }

  /** Whether the word may be the receiver. */
  public static boolean mayBeThis(int word) {
    return word == THIS || word == UNINITIALIZED_THIS || word == PERHAPS_THIS;
  }

  /** The offset of the {@code NEW} whose uninitialised object the word is, or -1. */
  public static int madeAt(int word) {
    return (word & KIND) == MADE ? word >> SHIFT : -1;
  }

  /** The word of the object that the constructor's call at this offset has initialised. */
  public static int initializedAt(int pc) {
    return pc << SHIFT | INITIALIZED;
  }

  // ---- the way through the method --------------------------------------------------------------

  private int[] readHandlers() {
    int at = method.handlers();
    int count = file.u2(at);
    int[] read = new int[3 * count];
    for (int i = 0; i < count; i++) {
      for (int j = 0; j < 3; j++) {
        read[3 * i + j] = file.u2(at + 2 + HANDLER * i + 2 * j);
      }
    }
    return read;
  }

  private void markTargets() {
    isTarget[0] = true;
    for (int i = 0; i < handlers.length; i += 3) {
      isTarget[handlers[i + 2]] = true;
    }
    for (int pc = 0; pc < isTarget.length; pc = method.next(pc)) {
      int opcode = method.opcode(pc);
      if (Opcode.isShortBranch(opcode) || Opcode.isLongBranch(opcode)) {
        isTarget[branchTarget(pc, opcode)] = true;
        if (opcode == Opcode.JSR || opcode == Opcode.JSR_W) {
          isTarget[method.next(pc)] = true;
        }
      } else if (opcode == Opcode.TABLESWITCH || opcode == Opcode.LOOKUPSWITCH) {
        markSwitch(pc, opcode);
      }
    }
  }

  private void markSwitch(int pc, int opcode) {
    Switch cases = new Switch(file, method, pc, opcode);
    for (int i = 0; i < cases.count(); i++) {
      isTarget[cases.target(i)] = true;
    }
  }

  private int branchTarget(int pc, int opcode) {
    int at = method.code() + pc + 1;
    return pc + (Opcode.isShortBranch(opcode) ? (short) file.u2(at) : file.u4(at));
  }

  private void run(Visitor visitor) {
    enter();
    reach(0);
    while (waitingCount > 0) {
      int pc = waiting[--waitingCount];
      isWaiting[pc] = false;
      walk(pc, null);
    }
    for (int pc = 0; pc < known.length; pc++) {
      if (known[pc] != null) {
        walk(pc, visitor);
      }
    }
  }

  private void enter() {
    top = locals;
    if (!method.isStatic()) {
      now[0] = method.isConstructor() ? UNINITIALIZED_THIS : THIS;
    }
  }

  /** From a target to the next target, or to where control goes elsewhere. */
  private void walk(int start, Visitor visitor) {
    int[] state = known[start];
    System.arraycopy(state, 0, now, 0, state.length);
    top = state.length;
    localsChanged = true;
    int pc = start;
    while (true) {
      tellHandlers(pc);
      int opcode = method.opcode(pc);
      if (visitor != null) {
        visitor.before(pc, opcode);
      }
      step(pc, opcode);
      if (Opcode.isEnd(opcode)
          || opcode == Opcode.JSR
          || opcode == Opcode.JSR_W
          || (opcode == Opcode.WIDE && file.u1(method.code() + pc + 1) == Opcode.RET)) {
        return;
      }
      if (visitor != null) {
        visitor.after(pc, opcode);
      }
      pc = method.next(pc);
      if (isTarget[pc]) {
        reach(pc);
        return;
      }
    }
  }

  private void reach(int pc) {
    int[] state = known[pc];
    boolean changed = state == null;
    if (changed) {
      keep(pc);
    } else {
      if (state.length != top) {
        throw new IllegalArgumentException(
            (top - locals) + " words on the stack at " + pc + ", or " + (state.length - locals));
      }
      for (int i = 0; i < top; i++) {
        int merged = merge(state[i], now[i]);
        changed |= merged != state[i];
        state[i] = merged;
      }
    }
    if (changed && !isWaiting[pc]) {
      isWaiting[pc] = true;
      waiting[waitingCount++] = pc;
    }
  }

  private void keep(int pc) {
    knownWords += top;
    if (knownWords > MOST_WORDS) {
      throw new IllegalArgumentException(
          knownWords
              + " local variables and words of stack at its jumps' targets (the limit is "
              + MOST_WORDS
              + ")");
    }
    known[pc] = Arrays.copyOf(now, top);
  }

  private static int merge(int one, int other) {
    if (one == other) {
      return one;
    }
    return mayBeThis(one) || mayBeThis(other) ? PERHAPS_THIS : OTHER;
  }

  /** A handler sees the local variables as they are before any instruction that it covers. */
  private void tellHandlers(int pc) {
    for (int i = 0; i < handlers.length; i += 3) {
      int from = handlers[i];
      if (pc >= from && pc < handlers[i + 1] && (localsChanged || pc == from)) {
        int before = top;
        int first = now[locals];
        now[locals] = OTHER;
        top = locals + 1;
        reach(handlers[i + 2]);
        now[locals] = first;
        top = before;
      }
    }
    localsChanged = false;
  }

  // ---- instructions ----------------------------------------------------------------------------

  private void step(int pc, int opcode) {
    if (Opcode.isSimple(opcode)) {
      top -= Opcode.takes(opcode);
      push(Opcode.puts(opcode));
      jump(pc, opcode);
    } else if (opcode >= Opcode.DUP && opcode <= Opcode.SWAP) {
      shuffle(opcode);
    } else if (opcode >= Opcode.ISTORE && opcode <= Opcode.ASTORE_3) {
      store(opcode, opcode <= Opcode.ASTORE ? file.u1(method.code() + pc + 1) : -1);
    } else if (opcode >= Opcode.ALOAD && opcode <= Opcode.ALOAD_3) {
      int local =
          opcode == Opcode.ALOAD ? file.u1(method.code() + pc + 1) : opcode - Opcode.ALOAD_0;
      now[top++] = now[local];
    } else {
      name(pc, opcode);
    }
  }

  private void push(int words) {
    for (int i = 0; i < words; i++) {
      now[top++] = OTHER;
    }
  }

  private void jump(int pc, int opcode) {
    if (Opcode.isShortBranch(opcode) || opcode == Opcode.GOTO_W) {
      reach(branchTarget(pc, opcode));
    } else if (opcode == Opcode.TABLESWITCH || opcode == Opcode.LOOKUPSWITCH) {
      Switch cases = new Switch(file, method, pc, opcode);
      for (int i = 0; i < cases.count(); i++) {
        reach(cases.target(i));
      }
    }
  }

  /** Every form takes some words off and puts them on again in another order, words at a time. */
  private void shuffle(int opcode) {
    switch (opcode) {
      case Opcode.SWAP -> {
        int word = now[top - 1];
        now[top - 1] = now[top - 2];
        now[top - 2] = word;
      }
      case Opcode.DUP, Opcode.DUP_X1, Opcode.DUP_X2 -> duplicate(1, opcode - Opcode.DUP);
      default -> duplicate(2, opcode - Opcode.DUP2);
    }
  }

  /** Puts a copy of the topmost words below them and so many more. */
  private void duplicate(int words, int below) {
    System.arraycopy(now, top - words - below, now, top - below, words + below);
    System.arraycopy(now, top, now, top - words - below, words);
    top += words;
  }

  /**
   * @param operand the local variable that is stored in; -1 if the instruction itself says
   */
  private void store(int opcode, int operand) {
    int type = operand >= 0 ? opcode - Opcode.ISTORE : (opcode - Opcode.ISTORE_0) / 4;
    int local = operand >= 0 ? operand : (opcode - Opcode.ISTORE_0) % 4;
    boolean wide = type == 1 || type == 3;
    top -= wide ? 2 : 1;
    now[local] = opcode == Opcode.ASTORE || opcode >= Opcode.ASTORE_0 ? now[top] : OTHER;
    if (wide) {
      now[local + 1] = OTHER;
    }
    localsChanged = true;
  }

  private void name(int pc, int opcode) {
    switch (opcode) {
      case Opcode.GETSTATIC -> push(fieldWords(pc));
      case Opcode.PUTSTATIC -> top -= fieldWords(pc);
      case Opcode.GETFIELD -> {
        top--;
        push(fieldWords(pc));
      }
      case Opcode.PUTFIELD -> top -= 1 + fieldWords(pc);
      case Opcode.INVOKEVIRTUAL, Opcode.INVOKEINTERFACE -> call(pc, 1);
      case Opcode.INVOKESTATIC, Opcode.INVOKEDYNAMIC -> call(pc, 0);
      case Opcode.INVOKESPECIAL -> {
        int entry = method.entry(pc);
        if (file.isNamed(entry, "<init>")) {
          construct(pc, receiver(entry));
        }
        call(pc, 1);
      }
      case Opcode.NEW -> {
        int made = pc << SHIFT | MADE;
        replace(made, OTHER); // of an earlier turn of a loop
        now[top++] = made;
      }
      case Opcode.CHECKCAST -> {
        // the same word
      }
      case Opcode.MULTIANEWARRAY -> {
        top -= file.u1(method.code() + pc + 3);
        push(1);
      }
      case Opcode.JSR, Opcode.JSR_W -> {
        int target = branchTarget(pc, opcode);
        now[top++] = target << SHIFT | RETURN_ADDRESS;
        reach(target);
      }
      case Opcode.RET -> returnFrom(now[file.u1(method.code() + pc + 1)]);
      case Opcode.WIDE -> wide(method.code() + pc + 1);
      default -> throw new IllegalArgumentException("instruction " + opcode + " at " + pc);
    }
  }

  private void wide(int at) {
    int opcode = file.u1(at);
    int local = file.u2(at + 1);
    if (opcode == Opcode.ALOAD) {
      now[top++] = now[local];
    } else if (opcode >= Opcode.ILOAD && opcode < Opcode.ALOAD) {
      push(Opcode.puts(opcode));
    } else if (opcode >= Opcode.ISTORE && opcode <= Opcode.ASTORE) {
      store(opcode, local);
    } else if (opcode == Opcode.RET) {
      returnFrom(now[local]);
    } else if (opcode != Opcode.IINC) {
      throw new IllegalArgumentException("wide instruction " + opcode);
    }
  }

  private int fieldWords(int pc) {
    return Words.ofField(file, file.descriptorEntry(method.entry(pc)));
  }

  private void call(int pc, int receiver) {
    int descriptor = file.descriptorEntry(method.entry(pc));
    top -= receiver + Words.ofArguments(file, descriptor);
    push(Words.ofResult(file, descriptor));
  }

  /** A constructor's call turns every copy of its receiver into the object. */
  private void construct(int pc, int receiver) {
    if (receiver == UNINITIALIZED_THIS) {
      replace(receiver, THIS);
    } else if ((receiver & KIND) == MADE) {
      replace(initializedAt(pc), OTHER); // of an earlier turn of a loop
      replace(receiver, initializedAt(pc));
    }
  }

  private void replace(int word, int by) {
    for (int i = 0; i < top; i++) {
      if (now[i] == word) {
        now[i] = by;
        localsChanged = true;
      }
    }
  }

  /** Back to behind each instruction that calls the subroutine. */
  private void returnFrom(int address) {
    if ((address & KIND) != RETURN_ADDRESS) {
      throw new IllegalArgumentException("RET without a return address");
    }
    for (int pc = 0; pc < known.length; pc = method.next(pc)) {
      int opcode = method.opcode(pc);
      if ((opcode == Opcode.JSR || opcode == Opcode.JSR_W)
          && branchTarget(pc, opcode) == address >> SHIFT) {
        reach(method.next(pc));
      }
    }
  }
}
