package dev.holdfast.endtoend;

import dev.holdfast.endtoend.app.Beans;
import dev.holdfast.endtoend.harness.ForkedJvm;
import dev.holdfast.endtoend.harness.Jvm;

/** What a person sees of a running Holdfast. */
class InsightTest {
  @ForkedJvm
  void mBeansAppearLateAndAreReadable(Jvm jvm) {
    jvm.runs(Beans.class);
  }
}
