package dev.holdfast.demo;

/** The C library could not do what it was asked; the message is its own. */
final class PageRankException extends RuntimeException {
  private static final long serialVersionUID = 1L;

  PageRankException(String message) {
    super(message);
  }
}
