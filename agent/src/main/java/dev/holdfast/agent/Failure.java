package dev.holdfast.agent;

import dev.holdfast.stats.Log;

/** Why Holdfast does not run, for a person. */
final class Failure {
  private Failure() {}

  /** One line; with {@code log=debug} the stack trace goes before it. */
  static String line(Throwable cause) {
    Log.debug(cause);
    String message = cause.getMessage();
    String text = message == null || cause instanceof Error ? cause.toString() : message;
    int end = text.indexOf('\n');
    return end < 0 ? text : text.substring(0, end);
  }
}
