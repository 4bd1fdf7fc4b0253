package dev.holdfast.agent;

import java.lang.instrument.Instrumentation;

/** The class that the manifest names. */
public final class Agent {
  private Agent() {}

  /** Called by the JVM before the application's main class loads. */
  public static void premain(String options, Instrumentation instrumentation) {}

  /** Called by the JVM when the agent is attached to a running application. */
  public static void agentmain(String options, Instrumentation instrumentation) {}
}
