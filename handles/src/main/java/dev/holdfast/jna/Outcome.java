package dev.holdfast.jna;

import com.sun.jna.Pointer;
import dev.holdfast.stats.Log;
import dev.holdfast.table.HandleException;
import dev.holdfast.table.Status;

/**
 * How an upcall ends: no exception gets out to C. It becomes a status, and what is not a {@link
 * HandleException} becomes {@code HF_EJAVA} and a log line.
 */
final class Outcome {
  /** The body of an upcall that answers with a number. */
  interface Body {
    long run();
  }

  /** The body of one that answers with nothing but its status. */
  interface Action {
    void run();
  }

  private Outcome() {}

  /** Answers with the body's value, or with 0 and why in {@code *status}. */
  static long value(long status, Body body) {
    Pointer answer = new Pointer(status); // before the body: it may be the last that fits
    long value = 0;
    int outcome = Status.OK;
    try {
      value = body.run();
    } catch (Throwable t) {
      outcome = of(t);
    }
    answer.setInt(0, outcome);
    return value;
  }

  /** Answers with what the body gives, or with the status of what it throws, as it crosses. */
  static long status(Body body) {
    long answer;
    try {
      answer = body.run();
    } catch (Throwable t) {
      answer = of(t);
    }
    return crossed(answer);
  }

  /** Answers with {@code HF_OK}, or with the status of what the action throws, as it crosses. */
  static long status(Action action) {
    int answer = Status.OK;
    try {
      action.run();
    } catch (Throwable t) {
      answer = of(t);
    }
    return crossed(answer);
  }

  /** C's {@code hfi_crossed}: never 0, which JNA returns when it could not call Java. */
  static long crossed(long answer) {
    return answer ^ Long.MIN_VALUE;
  }

  static int of(Throwable t) {
    if (t instanceof HandleException e) {
      return e.status();
    }
    try {
      Log.warn("Java threw into a call from C: " + t);
    } catch (Throwable again) { // its toString() throws, or there is no memory or stack
      return Status.EJAVA;
    }
    return Status.EJAVA;
  }
}
