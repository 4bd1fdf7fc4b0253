package dev.holdfast.endtoend;

import static dev.holdfast.endtoend.harness.JvmCollector.G1;
import static dev.holdfast.endtoend.harness.JvmCollector.ZGC;

import dev.holdfast.endtoend.app.ClassChurn;
import dev.holdfast.endtoend.app.Loaders;
import dev.holdfast.endtoend.app.Unrewritable;
import dev.holdfast.endtoend.harness.ForkedJvm;
import dev.holdfast.endtoend.harness.Jvm;

/** Which classes have mirrors, and what becomes of the others. */
class ClassesTest {
  @ForkedJvm
  void classesOfOneNameInSeveralLoadersAreKeptApart(Jvm jvm) {
    jvm.runs(Loaders.class);
  }

  @ForkedJvm(
      collectors = {G1, ZGC},
      zeal = 0)
  void classesAreUnloadedHoweverManyLoadersComeAndGo(Jvm jvm) {
    jvm.runs(ClassChurn.class);
  }

  @ForkedJvm(collectors = G1)
  void aClassThatCannotBeRewrittenIsLeftAloneAndNamed(Jvm jvm) {
    jvm.run(Unrewritable.class)
        .isSuccessSaying(
            "holdfast: warn: .*dev\\.holdfast\\.endtoend\\.app\\.Unrewritable\\$Odd.*\\$cohort.*");
  }
}
