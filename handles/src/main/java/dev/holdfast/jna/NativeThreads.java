package dev.holdfast.jna;

import com.sun.jna.CallbackThreadInitializer;

/** How threads that the JVM does not know are attached when they call Java. */
public final class NativeThreads {
  /** As daemons named {@code holdfast-native}, until they end: to attach costs 20-50 us. */
  public static final CallbackThreadInitializer DAEMON =
      new CallbackThreadInitializer(true, false, "holdfast-native");

  private NativeThreads() {}
}
