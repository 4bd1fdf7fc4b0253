package dev.holdfast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import java.lang.management.ManagementFactory;
import java.util.ArrayList;
import java.util.List;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** The debug mode, switched on over JMX: who holds what, and where a stale handle was let go. */
@Tag("own-jvm")
class RetainReportTest {
  private static final Keeper LIB = Keeper.load();

  static {
    Holdfast.release(Holdfast.retain("the first hand-over, which registers the MBeans"));
  }

  @BeforeEach
  void recordAll() throws Exception {
    sample(1);
  }

  @AfterEach
  void recordNothing() throws Exception {
    sample(0);
  }

  private static void sample(int oneIn) throws Exception {
    invoke("setRetainSampling", new Object[] {oneIn}, new String[] {"int"});
  }

  private static String report() throws Exception {
    return (String) invoke("retainReport", null, null);
  }

  private static Object invoke(String operation, Object[] arguments, String[] types)
      throws Exception {
    return ManagementFactory.getPlatformMBeanServer()
        .invoke(new ObjectName("dev.holdfast:type=Handles"), operation, arguments, types);
  }

  @Test
  void aRetainOfJavaIsReportedWithItsStackUntilItIsGivenBack() throws Exception {
    long bits = Holdfast.retain(new Object());
    assertThat(report())
        .contains("1 recorded retains")
        .contains("RetainReportTest.aRetainOfJavaIsReportedWithItsStackUntilItIsGivenBack")
        .contains("0x" + Long.toHexString(bits));
    Holdfast.release(bits);
    assertThat(report()).contains("0 recorded retains");
  }

  @Test
  void aRetainOfCIsReportedWithLibraryAndFunction() throws Exception {
    try (Handle handle = Holdfast.handle(new Object())) {
      LIB.keeper_keep(handle);
    }
    assertThat(report()).contains("1 recorded retains").contains("libkeeper.so(keeper_keep+0x");
    LIB.keeper_drop();
    assertThat(report()).contains("0 recorded retains");
  }

  @Test
  void aFunctionPointerThatWasTakenBeforeIsRecordedToo() throws Exception {
    sample(0);
    var retain = Holdfast.retainFunction();
    long bits = Holdfast.retain(new Object());
    LIB.keeper_hammer(bits, 1, 100); // its segment is remembered by the fast paths
    sample(1);
    LIB.keeper_copy(retain, new com.sun.jna.Pointer(bits));
    assertThat(report()).contains("1 recorded retains").doesNotContain("Java:");
    LIB.keeper_release(bits);
    LIB.keeper_release(bits);
  }

  @Test
  void theReportIsGroupedByPlaceTheOldestFirst() throws Exception {
    List<Long> held = new ArrayList<>();
    held.add(first());
    for (int i = 0; i < 5; i++) {
      held.add(second());
    }
    held.add(first());
    String report = report();
    assertThat(report.indexOf("RetainReportTest.first")).isLessThan(report.indexOf("second"));
    assertThat(report).contains("7 recorded retains").containsPattern("\\n  5 for up to \\d+ ms");
    held.forEach(Holdfast::release);
  }

  private static long first() {
    return Holdfast.retain(new Object());
  }

  private static long second() {
    return Holdfast.retain(new Object());
  }

  @Test
  void useAfterReleaseNamesWhereItWasReleased() {
    long bits = Holdfast.retain(new Object());
    LIB.keeper_keep(Handle.borrowed(bits));
    Holdfast.release(bits);
    LIB.keeper_drop();
    assertThatThrownBy(() -> Holdfast.resolve(bits, Object.class))
        .isInstanceOf(HoldfastException.class)
        .hasMessageContaining("last released at libkeeper.so(keeper_drop+0x");
    long other = Holdfast.retain(new Object());
    Holdfast.release(other);
    assertThatThrownBy(() -> Holdfast.release(other))
        .hasMessageContaining("last released at Java:")
        .hasMessageContaining("useAfterReleaseNamesWhereItWasReleased");
  }

  @Test
  void oneInManyIsRecordedWhenSampled() throws Exception {
    sample(10);
    List<Long> held = new ArrayList<>();
    for (int i = 0; i < 100; i++) {
      held.add(Holdfast.retain(new Object()));
    }
    assertThat(report()).startsWith("1 in 10: 10 recorded retains");
    held.forEach(Holdfast::release);
    assertThat(report()).contains(" 0 recorded retains");
  }

  @Test
  void offItSaysSo() throws Exception {
    sample(0);
    assertThat(report()).contains("debug=true");
    assertThatThrownBy(() -> sample(-1))
        .hasStackTraceContaining("setRetainSampling(-1): expected 0 (off) or more");
  }

  /** Leaks one object. */
  static final class Leaky {
    private Leaky() {}

    public static void main(String[] args) {
      Holdfast.retain(new Object());
      Holdfast.release(Holdfast.retain("given back"));
    }
  }

  @Test
  void whatIsLeftAtTheExitIsReported() {
    ChildJvm child = ChildJvm.run(Leaky.class, "-Dholdfast.debug=true");
    assertThat(child.output())
        .contains("holdfast: at exit, 1 in 1: 1 recorded retains")
        .contains("RetainReportTest$Leaky.main");
    assertThat(child.exitCode()).isZero();
  }
}
