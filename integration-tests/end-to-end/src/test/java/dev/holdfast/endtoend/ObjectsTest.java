package dev.holdfast.endtoend;

import static dev.holdfast.endtoend.harness.JvmCollector.G1;

import dev.holdfast.endtoend.app.Clones;
import dev.holdfast.endtoend.app.DeserializedList;
import dev.holdfast.endtoend.app.DyingThreads;
import dev.holdfast.endtoend.app.FullArena;
import dev.holdfast.endtoend.app.Inheritance;
import dev.holdfast.endtoend.app.LeakedThis;
import dev.holdfast.endtoend.app.Reflection;
import dev.holdfast.endtoend.app.Serialization;
import dev.holdfast.endtoend.app.Shapes;
import dev.holdfast.endtoend.app.ShortThreads;
import dev.holdfast.endtoend.app.Writers;
import dev.holdfast.endtoend.harness.ForkedJvm;
import dev.holdfast.endtoend.harness.Jvm;
import java.io.IOException;

/** C sees each object as Java does, however it came into being and whatever happens to it. */
class ObjectsTest {
  @ForkedJvm
  void recordsEnumsNestedAndGenericClassesAreMirrored(Jvm jvm) {
    jvm.runs(Shapes.class);
  }

  @ForkedJvm
  void managedAndUnmanagedClassesMixInOneHierarchy(Jvm jvm) {
    jvm.runs(Inheritance.class);
  }

  @ForkedJvm
  void thisMayLeakFromAConstructor(Jvm jvm) {
    jvm.runs(LeakedThis.class);
  }

  @ForkedJvm
  void clonesHaveMirrorsOfTheirOwn(Jvm jvm) {
    jvm.runs(Clones.class);
  }

  @ForkedJvm
  void serializationWritesAndReadsTheSameAsWithoutHoldfast(Jvm jvm) throws IOException {
    jvm.runs(Serialization.class, String.join(",", Serialization.written()));
  }

  @ForkedJvm
  void reflectionMakesAndWritesObjectsAndShowsTheSameMembers(Jvm jvm) {
    jvm.runs(Reflection.class, String.join(";", Reflection.members()));
  }

  @ForkedJvm(zeal = 0, agent = "arena=128m", jvmArgs = "-Xmx512m")
  void aDeserializedListOfAMillionNodesIsAdoptedWithoutRecursion(Jvm jvm) {
    jvm.runs(DeserializedList.class, "1000000");
  }

  @ForkedJvm(zeal = 1)
  void aDeserializedListIsAdoptedWhileItMoves(Jvm jvm) {
    jvm.runs(DeserializedList.class, "10000");
  }

  @ForkedJvm(
      collectors = G1,
      zeal = 0,
      agent = "arena=64m",
      jvmArgs = {"-Xms256m", "-XX:+AlwaysPreTouch"})
  void threadsThatComeAndGoUseUpNeitherBuffersNorRecords(Jvm jvm) {
    jvm.runs(ShortThreads.class);
  }

  @ForkedJvm
  void threadsMayDieWithOpenCohorts(Jvm jvm) {
    jvm.runs(DyingThreads.class);
  }

  @ForkedJvm(zeal = 0, agent = "arena=4m")
  void theProgramRunsOnWhenTheArenaIsFullAndAllHealsLater(Jvm jvm) {
    jvm.run(FullArena.class).isSuccessSaying("holdfast: warn: the arena is full .*");
  }

  @ForkedJvm
  void whatThreadsWriteIsMirroredWhileItMoves(Jvm jvm) {
    jvm.runs(Writers.class);
  }
}
