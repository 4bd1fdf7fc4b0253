package dev.holdfast.endtoend.app;

import com.sun.jna.Function;
import com.sun.jna.NativeLibrary;
import dev.holdfast.Holdfast;
import dev.holdfast.endtoend.support.Check;

/** A JNI library calls Holdfast, well and badly, while the JVM loads it. */
public final class OnLoad {
  private static final int NORUNTIME = -1;
  private static final int NULL = -6;
  private static final int INVALID = -18;

  private OnLoad() {}

  /**
   * The arguments are the library's file and, for a library that is loaded before Holdfast, {@code
   * first}.
   */
  public static void main(String[] args) {
    boolean first = args.length > 1;
    if (!first) {
      Holdfast.release(Holdfast.retain(new Object())); // now it runs
    }
    System.load(args[0]);
    Function answer = NativeLibrary.getInstance(args[0]).getFunction("onload_answer");
    int[] expected =
        first
            ? new int[] {
              NORUNTIME, NORUNTIME, NORUNTIME, NORUNTIME, NORUNTIME, NORUNTIME, NORUNTIME,
              NORUNTIME, NORUNTIME
            }
            : new int[] {0, NULL, INVALID, INVALID, NULL, NULL, 0, 29, 0};
    for (int i = 0; i < expected.length; i++) {
      Check.equal(expected[i], answer.invokeInt(new Object[] {i}), "answer " + i);
    }
    Check.eventually("nothing is counted", () -> Holdfast.stats().handlesCounted() == 0);
  }
}
