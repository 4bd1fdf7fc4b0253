package dev.holdfast.agent;

import dev.holdfast.agent.options.AgentOptions;
import dev.holdfast.agent.options.OptionException;
import dev.holdfast.stats.Log;
import java.lang.instrument.Instrumentation;

/**
 * The class that the manifest names.
 *
 * <p>Its rules, because it runs before anything of the application does:
 *
 * <ul>
 *   <li>Do little, and that soon: every class loaded here is loaded on every start.
 *   <li>Load nothing that the application has still to configure: no logging, no JMX, no JNA.
 *   <li>Load nothing of {@code dev.holdfast.hook} before {@link HookInjection} has defined it.
 *   <li>Never harm the application: only what the user got wrong, or asked for with {@code
 *       onfailure=stop}, stops the JVM, and only before it runs.
 * </ul>
 */
public final class Agent {
  private static final String OPTIONS = "HOLDFAST_OPTIONS";

  private Agent() {}

  /** Called by the JVM before the application's main class loads. */
  public static void premain(String argument, Instrumentation instrumentation) {
    AgentOptions options;
    try {
      if (isSwitchedOff()) {
        return;
      }
      options = AgentOptions.parse(argument, System.getenv(OPTIONS));
    } catch (OptionException e) {
      stop(e.getMessage());
      return;
    } catch (SecurityException e) {
      // A security manager came before us, whose policy does not know this jar.
      Log.warn("the application runs without Holdfast: " + Failure.line(e));
      return;
    }
    try {
      Installation.before(options, instrumentation);
    } catch (Throwable e) {
      if (options.onFailure() == AgentOptions.OnFailure.STOP) {
        stop(Failure.line(e));
      } else {
        Log.warn("the application runs without Holdfast: " + Failure.line(e));
      }
    }
  }

  /**
   * Called by the JVM when the agent is attached to a running application.
   *
   * @throws OptionException if an option cannot be followed
   * @throws IllegalStateException if Holdfast cannot run in this JVM, or does so already
   */
  public static void agentmain(String argument, Instrumentation instrumentation) {
    if (!isSwitchedOff()) {
      Installation.into(AgentOptions.parse(argument, System.getenv(OPTIONS)), instrumentation);
    }
  }

  private static boolean isSwitchedOff() {
    return "false".equalsIgnoreCase(System.getenv("HOLDFAST_ENABLED"))
        || "false".equalsIgnoreCase(System.getProperty("holdfast.enabled"));
  }

  private static void stop(String line) {
    Log.error(line);
    System.exit(1);
  }
}
