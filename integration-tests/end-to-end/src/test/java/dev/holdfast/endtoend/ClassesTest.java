package dev.holdfast.endtoend;

import static dev.holdfast.endtoend.harness.JvmCollector.G1;
import static dev.holdfast.endtoend.harness.JvmCollector.ZGC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.endtoend.app.ClassChurn;
import dev.holdfast.endtoend.app.Loaders;
import dev.holdfast.endtoend.app.LockedStandardError;
import dev.holdfast.endtoend.app.Unrewritable;
import dev.holdfast.endtoend.harness.ForkedJvm;
import dev.holdfast.endtoend.harness.Jvm;
import dev.holdfast.endtoend.harness.Outcome;

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
    Outcome outcome = jvm.run(ClassChurn.class);
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    assertThat(outcome.out()).isEmpty();
    // what C has kept of them is misused at the end
    assertThat(outcome.err().lines())
        .as("%s", outcome)
        .allMatch(line -> line.startsWith("holdfast: warn: HF_ESTALE"));
  }

  @ForkedJvm(collectors = G1)
  void aClassThatCannotBeRewrittenIsLeftAloneAndNamed(Jvm jvm) {
    String superclass = "its superclass .*\\$Base could not be rewritten: it has a field .*";
    jvm.run(Unrewritable.class)
        .isSuccessSaying(
            "holdfast: warn: left as it was: .*\\.Unrewritable\\$Base \\(app\\): .*\\$slot.*",
            "holdfast: warn: no mirrors: .*\\.Unrewritable\\$Below \\(app\\): " + superclass,
            "holdfast: warn: no mirrors: .*\\.Unrewritable\\$Lowest \\(app\\): " + superclass,
            "holdfast: warn: left as it was: .*\\.Unrewritable\\$Odd \\(app\\): .*\\$cohort.*");
  }

  @ForkedJvm(zeal = 0, agent = "arena=4m")
  void aLineOfHoldfastWantsNoLockOfTheProgram(Jvm jvm) {
    jvm.run(LockedStandardError.class)
        .isSuccessSaying(
            "holdfast: warn: left as it was: .*\\.LockedStandardError\\$Base \\(app\\): .*",
            "holdfast: warn: no mirrors: .*\\.LockedStandardError\\$Below \\(app\\): .*",
            "holdfast: warn: Java threw into a call from C: .*on purpose",
            "holdfast: warn: HF_EOVERRELEASE: .*",
            "holdfast: warn: the arena is full .*");
  }
}
