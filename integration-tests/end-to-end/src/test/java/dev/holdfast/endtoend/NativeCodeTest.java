package dev.holdfast.endtoend;

import static dev.holdfast.endtoend.harness.JvmCollector.G1;
import static dev.holdfast.endtoend.harness.JvmCollector.ZGC;
import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.endtoend.app.Bonds;
import dev.holdfast.endtoend.app.CallsFromC;
import dev.holdfast.endtoend.app.Exits;
import dev.holdfast.endtoend.app.Misuse;
import dev.holdfast.endtoend.app.MovingList;
import dev.holdfast.endtoend.app.NativeThreads;
import dev.holdfast.endtoend.app.OnLoad;
import dev.holdfast.endtoend.app.Unloaded;
import dev.holdfast.endtoend.harness.ForkedJvm;
import dev.holdfast.endtoend.harness.Jvm;
import dev.holdfast.endtoend.harness.Outcome;

/** C libraries hold, count and read Java objects. */
class NativeCodeTest {
  private static final String GUEST = Jvm.NATIVE.resolve(System.mapLibraryName("guest")).toString();

  @ForkedJvm(zeal = 1)
  void cWalksAListWhileItMoves(Jvm jvm) {
    jvm.runs(MovingList.class, "moves");
  }

  @ForkedJvm(zeal = 0, agent = "nursery=1m,cohort=256")
  void cWalksAListWhileTheJvmCollects(Jvm jvm) {
    jvm.runs(MovingList.class);
  }

  @ForkedJvm
  void threadsThatTheJvmDoesNotKnowCountAndRead(Jvm jvm) {
    jvm.runs(NativeThreads.class);
  }

  @ForkedJvm(collectors = {G1, ZGC})
  void misuseIsAnsweredAndReported(Jvm jvm) {
    Outcome outcome = jvm.run(Misuse.class);
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    assertThat(outcome.out()).isEmpty();
    assertThat(outcome.err())
        .as("%s", outcome)
        .contains("HF_EOVERRELEASE", "HF_EUNCOUNTED", "HF_EINVAL", "HF_ESTALE");
    assertThat(outcome.err().lines()).allMatch(line -> line.startsWith("holdfast: warn: HF_E"));
  }

  @ForkedJvm(collectors = {G1, ZGC})
  void cMakesObjectsAndCallsJavaThatCallsC(Jvm jvm) {
    jvm.runs(CallsFromC.class);
  }

  @ForkedJvm(collectors = {G1, ZGC})
  void structsOfCLiveAsLongAsTheirObjectsAndCyclesThroughThemAreCollected(Jvm jvm) {
    jvm.runs(Bonds.class);
  }

  @ForkedJvm(collectors = G1, agent = "debug=true")
  void aCycleThroughACountIsNamedByTheLeakReport(Jvm jvm) {
    Outcome outcome = jvm.run(Bonds.class, "leak");
    assertThat(outcome.exitCode()).as("%s", outcome).isZero();
    assertThat(outcome.err())
        .startsWith("holdfast: at exit, 1 in 1: 1 recorded retains not given back")
        .containsPattern(" at libprobe\\.so\\(probe_tie\\+0x");
  }

  @ForkedJvm
  void aLibraryIsUnloadedWhileItsDestroyFunctionIsHeld(Jvm jvm) {
    jvm.runs(Unloaded.class, GUEST);
  }

  @ForkedJvm(collectors = G1)
  void aJniLibraryCallsWhileTheJvmLoadsIt(Jvm jvm) {
    jvm.agent("log=error").runs(OnLoad.class, GUEST);
    jvm.runs(OnLoad.class, GUEST, "first");
  }

  @ForkedJvm
  void theJvmReturnsFromMainWhileCCalls(Jvm jvm) {
    jvm.runs(Exits.class, "return");
  }

  @ForkedJvm(zeal = 1)
  void theJvmIsToldToExitWhileCCalls(Jvm jvm) {
    jvm.run(Exits.class, "exit").isSilent(3);
    jvm.run(Exits.class, "halt").isSilent(4);
  }

  @ForkedJvm(zeal = 1, collectors = G1)
  void anExceptionLooksAsEverWhileCCalls(Jvm jvm) {
    Outcome outcome = jvm.run(Exits.class, "throw");
    assertThat(outcome.exitCode()).isEqualTo(1);
    assertThat(outcome.err().lines()).as("%s", outcome).hasSize(2);
    assertThat(outcome.err())
        .startsWith(
            "Exception in thread \"main\" java.lang.IllegalStateException: the program's own")
        .containsPattern(
            "\tat dev\\.holdfast\\.endtoend\\.app\\.Exits\\.main\\(Exits\\.java:\\d+\\)\n");
  }
}
