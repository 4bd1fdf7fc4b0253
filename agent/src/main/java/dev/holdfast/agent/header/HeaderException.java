package dev.holdfast.agent.header;

/** What the person who runs the tool can put right; the message says what and where. */
public final class HeaderException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  public HeaderException(String message) {
    super(message);
  }

  public HeaderException(String message, Throwable cause) {
    super(message, cause);
  }
}
