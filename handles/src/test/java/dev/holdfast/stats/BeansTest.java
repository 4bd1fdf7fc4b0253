package dev.holdfast.stats;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.lang.reflect.RecordComponent;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.stream.IntStream;
import java.util.stream.Stream;
import javax.management.AttributeNotFoundException;
import javax.management.MBeanException;
import javax.management.MBeanFeatureInfo;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import javax.management.ReflectionException;
import javax.management.openmbean.CompositeData;
import javax.management.openmbean.TabularData;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

class BeansTest {
  private static final List<String> TYPES =
      List.of("Handles", "Arena", "Collector", "Classes", "Sites", "Holdups");
  private static final Recorded INSIGHT = new Recorded();
  private static final MBeanServer SERVER = ManagementFactory.getPlatformMBeanServer();

  @BeforeAll
  static void register() throws Exception {
    // Library mode may have registered its own in this JVM.
    for (String type : TYPES) {
      if (SERVER.isRegistered(bean(type))) {
        SERVER.unregisterMBean(bean(type));
      }
    }
    assertThat(Beans.register(INSIGHT)).isTrue();
  }

  @Test
  void everyFigureIsAnAttributeOfOneBean() throws Exception {
    List<String> attributes = new ArrayList<>();
    for (String type : List.of("Handles", "Arena", "Collector")) {
      Arrays.stream(SERVER.getMBeanInfo(bean(type)).getAttributes())
          .map(MBeanFeatureInfo::getName)
          .forEach(attributes::add);
    }
    assertThat(attributes)
        .containsExactlyInAnyOrderElementsOf(
            Arrays.stream(Figures.class.getRecordComponents())
                .map(RecordComponent::getName)
                .map(name -> name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1))
                .toList());
  }

  @Test
  void eachAttributeShowsItsOwnFigure() throws Exception {
    RecordComponent[] components = Figures.class.getRecordComponents();
    for (int i = 0; i < components.length - 1; i++) {
      String name = components[i].getName();
      String attribute = name.substring(0, 1).toUpperCase(Locale.ROOT) + name.substring(1);
      assertThat(value(attribute)).as(attribute).isEqualTo((long) i);
    }
    assertThat(value("State")).isEqualTo("testing");
  }

  @Test
  void eachAttributeSaysItsUnit() throws Exception {
    for (String type : TYPES) {
      assertThat(SERVER.getMBeanInfo(bean(type)).getAttributes())
          .allSatisfy(
              info -> {
                assertThat(info.getDescription()).contains("(unit: ");
                assertThat(info.getDescriptor().getFieldValue("units")).isNotNull();
              });
    }
  }

  @Test
  void oneRequestIsOneReading() throws Exception {
    int before = INSIGHT.readings;
    assertThat(
            SERVER.getAttributes(
                bean("Handles"), new String[] {"HandlesPeak", "HandlesCounted", "NoSuch"}))
        .hasSize(2);
    assertThat(INSIGHT.readings).isEqualTo(before + 1);
  }

  @Test
  void anUnknownAttributeIsSaidToBeUnknown() {
    assertThatThrownBy(() -> SERVER.getAttribute(bean("Arena"), "NoSuch"))
        .isInstanceOf(AttributeNotFoundException.class)
        .hasMessageContaining("NoSuch");
  }

  @Test
  void theClassTableShowsTheHundredClassesWithMostObjects() throws Exception {
    TabularData table = (TabularData) SERVER.getAttribute(bean("Classes"), "Classes");
    assertThat(table.size()).isEqualTo(100);
    assertThat(table.get(new Object[] {"C149", "app"}).get("mirrorsLive")).isEqualTo(149L);
    assertThat(table.get(new Object[] {"C49", "app"})).isNull();
    assertThat(SERVER.getAttribute(bean("Classes"), "ClassesSelected")).isEqualTo(150L);
  }

  @Test
  void theSiteTableShowsDecisionAndEvidence() throws Exception {
    TabularData table = (TabularData) SERVER.getAttribute(bean("Sites"), "Sites");
    CompositeData row = table.get(new Object[] {"a.A", "a.B", "make", 13L});
    assertThat(row.get("space")).isEqualTo("old");
    assertThat(row.get("survived")).isEqualTo(5L);
    assertThat(row.get("died")).isEqualTo(6L);
    assertThat(row.get("decisions")).isEqualTo(1L);
    assertThat(row.get("evidence")).isEqualTo("86 of 100 survived");
    assertThat(SERVER.getAttribute(bean("Sites"), "SitesTenured")).isEqualTo(1L);
  }

  @Test
  void theHoldupTableNamesTheThread() throws Exception {
    TabularData table = (TabularData) SERVER.getAttribute(bean("Holdups"), "Holdups");
    CompositeData row = table.get(new Object[] {"pin", 12L, "0x4e"});
    assertThat(row.get("thread")).isEqualTo("worker");
    assertThat(row.get("seconds")).isEqualTo(34L);
    assertThat(row.get("where")).isEqualTo("0x56");
    assertThat(SERVER.getAttribute(bean("Holdups"), "HoldupCount")).isEqualTo(1L);
  }

  @Test
  void operationsReachTheEngine() throws Exception {
    assertThat((String[]) SERVER.invoke(bean("Collector"), "validate", null, null))
        .containsExactly("broken: a", "broken: b");
    SERVER.invoke(bean("Collector"), "collect", new Object[0], new String[0]);
    SERVER.invoke(bean("Classes"), "disableAdoption", null, null);
    assertThat(INSIGHT.calls).contains("collect", "disableAdoption");
  }

  @Test
  void anOperationIsGivenItsArguments() throws Exception {
    String[] signature = {"java.lang.String", "long"};
    Object[] arguments = {"/tmp/handles.txt", 7L};
    assertThat(SERVER.invoke(bean("Handles"), "dumpHandles", arguments, signature)).isEqualTo(3L);
    assertThat(INSIGHT.calls).contains("dumpHandles /tmp/handles.txt 7");
  }

  @Test
  void aDumpWithoutAPathIsRefusedInWords() {
    String[] signature = {"java.lang.String", "long"};
    for (String path : new String[] {null, ""}) {
      assertThatThrownBy(
              () ->
                  SERVER.invoke(bean("Handles"), "dumpHandles", new Object[] {path, 7L}, signature))
          .cause()
          .hasMessageContaining("path: not given (expected the name of a new file)");
    }
  }

  @Test
  void anOperationWithOtherParametersIsSaidToBeUnknown() {
    assertThatThrownBy(
            () ->
                SERVER.invoke(
                    bean("Handles"),
                    "dumpHandles",
                    new Object[] {"/tmp/handles.txt"},
                    new String[] {"java.lang.String"}))
        .isInstanceOf(ReflectionException.class)
        .cause()
        .hasMessageContaining("dumpHandles");
  }

  @Test
  void whatAnOperationThrowsReachesTheClientAsText() {
    INSIGHT.failing = true;
    try {
      assertThatThrownBy(() -> SERVER.invoke(bean("Collector"), "collect", null, null))
          .isInstanceOf(MBeanException.class)
          .cause()
          .hasMessageContaining("no collector");
    } finally {
      INSIGHT.failing = false;
    }
  }

  @Test
  void aSecondRegistrationLeavesTheFirst() throws Exception {
    Recorded second = new Recorded();
    assertThat(Beans.register(second)).isTrue();
    assertThat(value("HandlesPeak")).isEqualTo(1L);
    assertThat(second.readings).isZero();
  }

  private static Object value(String attribute) throws Exception {
    for (String type : TYPES) {
      boolean here =
          Stream.of(SERVER.getMBeanInfo(bean(type)).getAttributes())
              .anyMatch(info -> info.getName().equals(attribute));
      if (here) {
        return SERVER.getAttribute(bean(type), attribute);
      }
    }
    throw new AssertionError("no bean shows " + attribute);
  }

  private static ObjectName bean(String type) throws Exception {
    return new ObjectName("dev.holdfast:type=" + type);
  }

  /** Figures whose n-th component is n. */
  private static final class Recorded implements Insight {
    private final List<String> calls = new ArrayList<>();
    private int readings;
    private boolean failing;

    @Override
    public Figures figures() {
      readings++;
      RecordComponent[] components = Figures.class.getRecordComponents();
      Object[] values = new Object[components.length];
      Arrays.setAll(values, i -> (Object) (long) i);
      values[values.length - 1] = "testing";
      Class<?>[] types =
          Arrays.stream(components).map(RecordComponent::getType).toArray(Class<?>[]::new);
      try {
        return Figures.class.getDeclaredConstructor(types).newInstance(values);
      } catch (ReflectiveOperationException e) {
        throw new LinkageError("Figures", e);
      }
    }

    @Override
    public List<ClassFigures> classes() {
      return IntStream.range(0, 150)
          .mapToObj(i -> new ClassFigures("C" + i, "app", "mirrored", i, 32))
          .toList();
    }

    @Override
    public List<SiteFigures> sites() {
      return List.of(
          new SiteFigures("a.A", "a.B", "make", 12, "young", 3, 4, 0, ""),
          new SiteFigures("a.A", "a.B", "make", 13, "old", 5, 6, 1, "86 of 100 survived"));
    }

    @Override
    public List<Holdup> holdups() {
      return List.of(new Holdup("pin", 12, "worker", 34, "0x56", 78));
    }

    @Override
    public void collect() {
      if (failing) {
        throw new IllegalStateException("no collector");
      }
      calls.add("collect");
    }

    @Override
    public List<String> validate() {
      return List.of("broken: a", "broken: b");
    }

    @Override
    public void setRetainSampling(int oneIn) {
      calls.add("setRetainSampling " + oneIn);
    }

    @Override
    public String retainReport() {
      return "none";
    }

    @Override
    public long dumpHandles(Path file, long most) {
      calls.add("dumpHandles " + file + " " + most);
      return 3;
    }

    @Override
    public void disableAdoption() {
      calls.add("disableAdoption");
    }
  }
}
