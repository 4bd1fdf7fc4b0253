package dev.holdfast.agent.rewrite;

import dev.holdfast.agent.classfile.Snippet;

/** The calls that rewritten code makes, and nothing but calls: no branch, frame or local. */
public final class HookCalls {
  /** The class that every class loader finds. */
  public static final String ENTRY = "java/lang/HoldfastHooks";

  private static final String KEYED = "(Ljava/lang/Object;I)V";
  private static final String CLONED = "(Ljava/lang/Object;Ljava/lang/Object;)V";

  private final String owner;
  private final Snippet.Call adopted;
  private final Snippet.Call writtenByte;
  private final Snippet.Call writtenShort;
  private final Snippet.Call writtenInt;
  private final Snippet.Call writtenLong;
  private final Snippet.Call writtenRef;
  private final Snippet.Call cloned;

  /** Calls into a class of this name: {@link #ENTRY}, or a stand-in. */
  HookCalls(String owner) {
    this.owner = owner;
    adopted = call("adopted", KEYED);
    writtenByte = call("writtenByte", KEYED);
    writtenShort = call("writtenShort", KEYED);
    writtenInt = call("writtenInt", KEYED);
    writtenLong = call("writtenLong", KEYED);
    writtenRef = call("writtenRef", KEYED);
    cloned = call("cloned", CLONED);
  }

  /**
   * object ->
   *
   * @param moves what puts the object there
   */
  Snippet adopted(Snippet moves, int siteKey) {
    return moves.calling(adopted, siteKey);
  }

  /**
   * object ->
   *
   * @param moves what puts the object there
   */
  Snippet written(Snippet moves, String fieldDescriptor, int fieldKey) {
    Snippet.Call written =
        switch (fieldDescriptor.charAt(0)) {
          case 'Z', 'B' -> writtenByte;
          case 'C', 'S' -> writtenShort;
          case 'I', 'F' -> writtenInt;
          case 'J', 'D' -> writtenLong;
          default -> writtenRef;
        };
    return moves.calling(written, fieldKey);
  }

  /**
   * receiver result ->
   *
   * @param moves what puts both there
   */
  Snippet cloned(Snippet moves) {
    return moves.calling(cloned, Snippet.NO_KEY);
  }

  /** A bootstrap method among the hooks. */
  Snippet.Call bootstrap(String name, String descriptor) {
    return call(name, descriptor);
  }

  private Snippet.Call call(String name, String descriptor) {
    return new Snippet.Call(owner, name, descriptor);
  }
}
