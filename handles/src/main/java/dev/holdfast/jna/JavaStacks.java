package dev.holdfast.jna;

import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

/** Stacks of Java code by number, each kept once and for ever: there are few that differ. */
final class JavaStacks {
  private static final int FRAMES = 12;
  private static final String OURS = "dev.holdfast.";
  private static final String FROM_C = "dev.holdfast.jna.";

  private final Map<String, Integer> numbers = new HashMap<>(); // guarded by this, like the next
  private final List<String> texts = new ArrayList<>();

  /** The number of the calling thread's stack, without Holdfast's own frames on top. */
  int current() {
    String text =
        StackWalker.getInstance()
            .walk(
                frames ->
                    frames
                        .dropWhile(frame -> isHoldfast(frame.getClassName()))
                        .limit(FRAMES)
                        .map(frame -> "\n        " + frame)
                        .collect(Collectors.joining()));
    return number(text.isEmpty() ? " C, through Java" : text);
  }

  /** Of the packages whose names are fixed, no test's or program's. */
  private static boolean isHoldfast(String name) {
    return name.startsWith(FROM_C)
        || name.startsWith(OURS + "collect.")
        || name.startsWith(OURS + "table.")
        || name.startsWith(OURS + "call.")
        || name.equals(OURS + "Holdfast")
        || name.equals(OURS + "Handle")
        || name.startsWith("com.sun.jna.")
        || name.startsWith("java.lang.invoke.");
  }

  private synchronized int number(String text) {
    return numbers.computeIfAbsent(
        text,
        added -> {
          texts.add(added);
          return texts.size();
        });
  }

  /** From {@code 1}. */
  synchronized String text(int number) {
    return number > 0 && number <= texts.size() ? "Java:" + texts.get(number - 1) : "Java";
  }
}
