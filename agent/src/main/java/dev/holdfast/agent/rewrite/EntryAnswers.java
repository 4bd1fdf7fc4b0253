package dev.holdfast.agent.rewrite;

/**
 * A question about entries of one class file's constant pool, asked once for each. (Not a lambda:
 * to link one in the middle of a transformation runs into other agents that rewrite lambdas.)
 */
abstract class EntryAnswers {
  private static final byte YES = 1;
  private static final byte NO = 2;

  private final byte[] answers;

  EntryAnswers(int size) {
    answers = new byte[size];
  }

  /** The answer. */
  protected abstract boolean ask(int entry);

  final boolean of(int entry) {
    byte answer = answers[entry];
    if (answer == 0) {
      answer = ask(entry) ? YES : NO;
      answers[entry] = answer;
    }
    return answer == YES;
  }
}
