package redefining;

import java.lang.instrument.Instrumentation;

/** Gives its instrumentation away. */
public final class Agent {
  public static Instrumentation instrumentation;

  private Agent() {}

  public static void premain(String arguments, Instrumentation given) {
    instrumentation = given;
  }
}
