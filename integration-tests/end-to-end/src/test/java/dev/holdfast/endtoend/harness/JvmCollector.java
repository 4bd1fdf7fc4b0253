package dev.holdfast.endtoend.harness;

import java.lang.management.ManagementFactory;

/** A garbage collector of the JVM, and how it is asked for. */
public enum JvmCollector {
  G1("-XX:+UseG1GC"),
  PARALLEL("-XX:+UseParallelGC"),
  SERIAL("-XX:+UseSerialGC"),
  /** Generational from JDK 23 on. */
  ZGC("-XX:+UseZGC"),
  SHENANDOAH("-XX:+UseShenandoahGC");

  private final String argument;

  JvmCollector(String argument) {
    this.argument = argument;
  }

  String argument() {
    return argument;
  }

  /** Whether this JVM, which is of the same build as the forked ones, has the collector. */
  boolean isPresent() {
    String flag = argument.substring("-XX:+".length());
    try {
      ManagementFactory.getPlatformMXBean(com.sun.management.HotSpotDiagnosticMXBean.class)
          .getVMOption(flag);
      return true;
    } catch (IllegalArgumentException e) {
      return false;
    }
  }
}
