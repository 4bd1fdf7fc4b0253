package dev.holdfast.agent.options;

/**
 * An option that cannot be followed. The message is one line that names the option, what was given
 * and what is allowed: {@code arena=8q: not a size (expected digits with k, m or g)}.
 */
public final class OptionException extends IllegalArgumentException {
  private static final long serialVersionUID = 1L;

  public OptionException(String message) {
    super(message.replace("\n", "\\n").replace("\r", "\\r"));
  }

  static OptionException of(String key, String value, String problem, String expected) {
    return new OptionException(key + "=" + value + ": " + problem + " (expected " + expected + ")");
  }
}
