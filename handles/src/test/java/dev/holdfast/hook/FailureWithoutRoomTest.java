package dev.holdfast.hook;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.ChildJvm;
import org.junit.jupiter.api.Test;

/**
 * A hook fails where the program has no memory or stack left. The program does not see that,
 * neither then nor later: goes red when the failure is described there, for which the JDK
 * initialises classes.
 */
class FailureWithoutRoomTest {
  @Test
  void theProgramSeesNothingWithoutMemory() {
    assertThat(run(Memory.class)).isEqualTo("kept 1");
  }

  @Test
  void theProgramSeesNothingWithoutStack() {
    assertThat(run(Stack.class)).isEqualTo("kept true");
  }

  private static String run(Class<?> program) {
    return ChildJvm.run(program, "-Xmx16m", "-XX:+UseSerialGC").output();
  }

  /** Fills its heap to the last word. */
  static final class Memory {
    private Memory() {}

    static final class Node {
      Node next;
    }

    @SuppressWarnings("unused") // keeps the heap full
    private static Node kept;

    public static void main(String[] args) {
      HookState.failures(); // initialised
      try {
        fill();
      } catch (OutOfMemoryError full) {
        HookState.failed(full);
      }
      kept = null;
      System.out.print("kept " + HookState.failures());
    }

    private static void fill() {
      while (true) {
        Node node = new Node();
        node.next = kept;
        kept = node;
      }
    }
  }

  /** Calls itself until it cannot, and a little less deep. */
  static final class Stack {
    private Stack() {}

    public static void main(String[] args) {
      HookState.failures(); // initialised
      try {
        deep(Integer.MAX_VALUE);
      } catch (StackOverflowError end) {
        HookState.failed(end);
      }
      System.out.print("kept " + (HookState.failures() > 1));
    }

    private static void deep(int levels) {
      try {
        if (levels > 0) {
          deep(levels - 1);
        }
      } catch (StackOverflowError end) {
        HookState.failed(end);
        throw end;
      }
    }
  }
}
