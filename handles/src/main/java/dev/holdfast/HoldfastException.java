package dev.holdfast;

import dev.holdfast.table.HandleException;
import dev.holdfast.table.Status;

/** A handle that cannot do what was asked. Its status is the one that C would get. */
public final class HoldfastException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  private final int status;

  HoldfastException(int status, String message) {
    super(Status.name(status) + ": " + message);
    this.status = status;
  }

  HoldfastException(HandleException cause) {
    super(Status.name(cause.status()) + ": " + cause.getMessage(), cause);
    this.status = cause.status();
  }

  private HoldfastException(HoldfastException cause, String place) {
    super(
        Status.name(cause.status)
            + ": "
            + place
            + ": "
            + cause.getMessage().substring(Status.name(cause.status).length() + 2),
        cause);
    this.status = cause.status;
  }

  /** The same, saying where: the method and its parameter. */
  HoldfastException at(String place) {
    return new HoldfastException(this, place);
  }

  /** One of {@code holdfast.h}'s {@code HF_E...}, always negative: -3 is {@code HF_ESTALE}. */
  public int status() {
    return status;
  }

  /** The status as {@code holdfast.h} names it, {@code HF_ESTALE}. */
  public String statusName() {
    return Status.name(status);
  }
}
