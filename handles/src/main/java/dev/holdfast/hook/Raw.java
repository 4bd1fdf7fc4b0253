package dev.holdfast.hook;

import jdk.internal.misc.Unsafe;

/** The one place that reaches the JDK's internal Unsafe; never initialised in library mode. */
final class Raw {
  static final Unsafe UNSAFE = Unsafe.getUnsafe();

  private Raw() {}
}
