package dev.holdfast.table;

/** A handle could not be used as asked; {@link #status()} is the C API's name for why. */
public final class HandleException extends RuntimeException {
  private static final long serialVersionUID = 1;

  private final int status;

  public HandleException(int status, String message) {
    super(message);
    this.status = status;
  }

  /** One of {@link Status}. */
  public int status() {
    return status;
  }
}
