package dev.holdfast.agent.rewrite;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.tuple;

import dev.holdfast.layout.ClassShape;
import dev.holdfast.layout.FieldShape;
import java.io.ObjectStreamClass;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.util.Arrays;
import java.util.List;
import org.junit.jupiter.api.Test;

/** Runs rewritten sample programs and looks at the calls that they make. */
class RewritingTest {
  private final RewritingLoader loader = new RewritingLoader("sample.*");

  @Test
  void everyKindOfWriteIsFollowedByItsCall() {
    Object point = loader.run("sample.Writes");
    List<Recorder.Event> events = Recorder.take();
    assertThat(events).allMatch(event -> event.object() == point);
    assertThat(events.stream().map(event -> event.hook() + " " + event.key()))
        .containsExactly(
            "adopted sample.Point",
            "byte sample.Point.z",
            "byte sample.Point.b",
            "short sample.Point.c",
            "short sample.Point.s",
            "int sample.Point.x",
            "int sample.Point.f",
            "long sample.Point.l",
            "long sample.Point.d",
            "ref sample.Point.o");
  }

  @Test
  void writtenValuesArrive() throws ReflectiveOperationException {
    Object point = loader.run("sample.Writes");
    for (String expected : List.of("z=true", "b=1", "c=c", "s=2", "x=3", "f=4.0", "l=5", "d=6.0")) {
      String name = expected.substring(0, 1);
      assertThat(name + "=" + point.getClass().getField(name).get(point)).isEqualTo(expected);
    }
  }

  @Test
  void writeNamesTheOwnerThatTheCodeNames() {
    loader.run("sample.Inherited");
    assertThat(Recorder.takeNames())
        .containsExactly(
            "adopted sample.SubPoint",
            "long sample.SubPoint.l",
            "long sample.SubPoint.own",
            "int sample.Point.x");
  }

  @Test
  void leakyConstructorWritesThroughAfterItsObjectCanBeSeen() {
    loader.run("sample.Leaks");
    assertThat(Recorder.takeNames())
        .containsExactly(
            "int sample.Leaky.before", "int sample.Leaky.after", "adopted sample.Leaky");
  }

  @Test
  void objectIsAdoptedOnceWhereItsConstructorReturns() {
    loader.run("sample.Sites");
    assertThat(Recorder.takeNames())
        .containsExactly(
            "adopted sample.Point", // this(new Point(1))
            "adopted sample.Point", // super(new Point(2))
            "adopted sample.Sites$SubHolder",
            // failing(true): a constructor that throws adopts nothing
            "adopted sample.Point", // failing(false)
            "adopted sample.Point", // unused()
            "adopted sample.Point", // choose(null)
            "adopted sample.Point", // choose(made), inner
            "adopted sample.Point", // choose(made), outer
            "adopted sample.Point", // the loop
            "adopted sample.Point",
            "adopted sample.Point"); // the lambda
  }

  @Test
  void constructorReferenceAdoptsWhatItMakes() {
    List<?> made = (List<?>) loader.run("sample.References");
    List<Recorder.Event> events = Recorder.take();
    assertThat(events.stream().map(event -> event.hook() + " " + event.key()))
        .containsExactly(
            "adopted sample.Point",
            "adopted sample.Point",
            "adopted sample.SubPoint",
            "adopted sample.Point");
    assertThat(events.stream().map(Recorder.Event::object)).hasSameElementsAs(made.subList(0, 4));
  }

  @Test
  void constructorReferenceShowsNoFrameOfItsOwn() throws ReflectiveOperationException {
    StackTraceElement[] trace =
        (StackTraceElement[])
            loader.loadClass("sample.References").getMethod("failure").invoke(null);
    assertThat(Arrays.stream(trace).map(StackTraceElement::getMethodName))
        .startsWith("<init>", "failure");
  }

  @Test
  void cloneIsReportedAtEachCallThatMayHaveMadeIt() {
    List<?> copies = (List<?>) loader.run("sample.Clones");
    List<Recorder.Event> events =
        Recorder.take().stream().filter(event -> event.hook().equals("cloned")).toList();
    assertThat(events.stream().map(Recorder.Event::key))
        .containsExactly(
            "sample.Clones$Copy",
            "sample.Clones$Copy",
            "sample.Clones$Copy",
            "sample.Clones$Listed");
    assertThat(events.stream().map(Recorder.Event::object).distinct())
        .containsExactly(copies.get(0), copies.get(1));
  }

  @Test
  void recordsEnumsAndInnerClassesStayWhatTheyAre() {
    Object[] made = (Object[]) loader.run("sample.Shapes");
    assertThat(made[0]).hasToString("Pair[left=1, right=r]");
    assertThat(made[0].getClass().isRecord()).isTrue();
    assertThat(made[2]).hasToString("kept 3");
    assertThat(made[5]).isEqualTo(1);
    assertThat(Recorder.takeNames())
        .contains(
            "adopted sample.Shapes$Pair",
            "adopted sample.Shapes$Inner",
            "adopted sample.Shapes$1",
            "adopted sample.Shapes$Colour",
            "adopted sample.Shapes$Colour$1",
            "ref sample.Shapes$Painted.colour",
            "ref sample.Shapes$Painted.day");
  }

  @Test
  void topmostManagedClassAloneGetsHiddenFields() throws ReflectiveOperationException {
    assertThat(hidden("sample.Point")).containsExactly("$cohort", "$slot");
    assertThat(hidden("sample.SubPoint")).isEmpty();
    assertThat(hidden("sample.Shapes$Pair")).containsExactly("$cohort", "$slot");
    assertThat(hidden("sample.Shapes$Marker")).isEmpty();
    Field cohort = loader.loadClass("sample.Point").getDeclaredField("$cohort");
    assertThat(cohort.isSynthetic()).isTrue();
    assertThat(cohort.getModifiers() & (Modifier.PRIVATE | Modifier.TRANSIENT | Modifier.STATIC))
        .isEqualTo(Modifier.PRIVATE | Modifier.TRANSIENT);
  }

  private List<String> hidden(String name) throws ReflectiveOperationException {
    return Arrays.stream(loader.loadClass(name).getDeclaredFields())
        .map(Field::getName)
        .filter(field -> field.startsWith("$cohort") || field.startsWith("$slot"))
        .toList();
  }

  @Test
  void defaultSerialVersionUidStays() throws ReflectiveOperationException {
    for (String name : List.of("sample.Stored", "sample.Stored$Kind")) {
      Class<?> original = Class.forName(name);
      Class<?> rewritten = loader.loadClass(name);
      assertThat(rewritten).isNotSameAs(original);
      assertThat(ObjectStreamClass.lookup(rewritten).getSerialVersionUID())
          .isEqualTo(ObjectStreamClass.lookup(original).getSerialVersionUID());
    }
  }

  @Test
  void runtimeIsToldTheShapeOfEachManagedClass() {
    loader.run("sample.Shapes");
    ClassShape painted = loader.recorder.shapes.get("sample.Shapes$Painted");
    assertThat(painted.hidden()).isTrue();
    assertThat(painted.superName()).isEqualTo("java.lang.Object");
    assertThat(painted.fields())
        .extracting(FieldShape::name, FieldShape::isEnum)
        .containsExactly(
            tuple("colour", true),
            tuple("day", true),
            tuple("state", true),
            tuple("text", false),
            tuple("version", false));
    ClassShape inner = loader.recorder.shapes.get("sample.Shapes$Inner");
    assertThat(inner.hidden()).isFalse();
    assertThat(inner.managed()).isTrue();
    assertThat(loader.recorder.shapes).doesNotContainKey("sample.Shapes$Marker");
  }

  @Test
  void demandModeAdoptsNowhere() {
    RewritingLoader demand = new RewritingLoader("sample.*", null, false);
    demand.run("sample.Sites");
    assertThat(Recorder.takeNames()).isEmpty();
    demand.run("sample.References");
    assertThat(Recorder.takeNames()).isEmpty();
    demand.run("sample.Inherited");
    assertThat(Recorder.takeNames()).hasSize(3);
  }
}
