package dev.holdfast.agent.classfile;

import java.util.List;

/**
 * What is added to one method.
 *
 * @param method the method
 * @param edits in the order of the code
 * @param maxStack the greatest depth of its stack with all of them
 */
public record MethodEdits(Member method, List<Edit> edits, int maxStack) {
  /** Without those that it may go without; null if there are none. */
  MethodEdits indispensable() {
    List<Edit> rest = edits.stream().filter(edit -> !edit.dispensable()).toList();
    return rest.size() == edits.size() ? null : new MethodEdits(method, rest, maxStack);
  }

  /** Says that the method would be too long, though it goes without all that it may. */
  static IllegalArgumentException tooLong(String method, int codeLength, Throwable cause) {
    return new IllegalArgumentException(
        "its method "
            + method
            + " would have "
            + codeLength
            + " bytes (the limit is "
            + CodeWriter.LIMIT
            + ")",
        cause);
  }
}
