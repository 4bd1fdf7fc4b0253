package dev.holdfast;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.Callback;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import dev.holdfast.table.Status;
import java.lang.management.ManagementFactory;
import java.lang.ref.WeakReference;
import java.nio.CharBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import javax.management.MBeanServer;
import javax.management.ObjectName;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Opaque handles in a JVM without the agent. */
@Tag("own-jvm")
class LibraryModeTest {
  private static final Keeper LIB = Keeper.load();

  private final Object object = new Object();

  @AfterEach
  void nothingIsCountedAnyMore() {
    Eventually.holds(
        "no count is left, but there are " + Holdfast.stats(),
        () -> Holdfast.stats().handlesCounted() == 0 && Holdfast.stats().opaqueHandles() == 0);
  }

  @Test
  void nothingHasAMirror() {
    assertThat(Holdfast.isActive()).isFalse();
    assertThat(Holdfast.isManaged(object)).isFalse();
    assertThat(Holdfast.verify(object)).isEmpty();
    Holdfast.sync(object);
  }

  @Test
  void whoNeedsAMirrorIsToldHowToStartTheAgent() {
    assertThatThrownBy(() -> Holdfast.requireMirrors(LibraryModeTest.class, Eventually.class))
        .isInstanceOf(HoldfastException.class)
        .hasMessage(
            "HF_EUNMANAGED: dev.holdfast.LibraryModeTest has no mirrors: the agent does not run,"
                + " add -javaagent:holdfast.jar=include="
                + "dev.holdfast.LibraryModeTest:dev.holdfast.Eventually");
    assertThat(LIB.keeper_type_error("some.Type"))
        .isEqualTo(
            "HF_EUNMANAGED: some.Type has no mirrors: the agent does not run,"
                + " add -javaagent:holdfast.jar=include=some.Type");
    try (Handle handle = Holdfast.handle(object)) {
      assertThat(LIB.keeper_read_error(handle))
          .startsWith("HF_EUNMANAGED: the object of handle 0x")
          .endsWith(
              " is of no managed class, it has no mirror: the agent does not run,"
                  + " add -javaagent:holdfast.jar=include=CLASS");
    }
  }

  @Test
  void anObjectHasOneHandleWhileItIsCounted() {
    long bits = Holdfast.retain(object);
    assertThat(Holdfast.retain(object)).isEqualTo(bits);
    assertThat(LIB.keeper_count(bits)).isEqualTo(2);
    Holdfast.release(bits);
    assertThat(Holdfast.resolve(bits, Object.class)).isSameAs(object);
    Holdfast.release(bits);
  }

  @Test
  void handlesOfEqualObjectsDiffer() {
    long a = Holdfast.retain(new ArrayList<>());
    long b = Holdfast.retain(new ArrayList<>());
    assertThat(a).isNotEqualTo(b);
    Holdfast.release(a);
    Holdfast.release(b);
  }

  @Test
  void aHandleIsNoPointerThatAnyoneCouldFollow() {
    long bits = Holdfast.retain(object);
    assertThat(bits >>> 62).isEqualTo(1);
    assertThat(bits & 7).isZero();
    Holdfast.release(bits);
  }

  @Test
  void nullIsZeroAndNeedsNoCount() {
    assertThat(Holdfast.retain(null)).isZero();
    Holdfast.release(0);
    assertThat(Holdfast.resolve(0, String.class)).isNull();
    assertThat(Holdfast.take(0, String.class)).isNull();
  }

  @Test
  void aCountKeepsTheObjectAndTheLastReleaseLetsItGo() {
    List<Object> holder = new ArrayList<>(List.of(new Object()));
    WeakReference<Object> watched = new WeakReference<>(holder.get(0));
    long bits = Holdfast.retain(holder.remove(0));
    System.gc();
    assertThat(watched.get()).isNotNull();
    LIB.keeper_release(bits);
    Eventually.holdsAfterCollections("the object is collected", () -> watched.get() == null);
  }

  @Test
  void manyCThreadsCountExactly() {
    long bits = Holdfast.retain(object);
    assertThat(LIB.keeper_hammer(bits, 8, 100_000)).isZero();
    assertThat(LIB.keeper_count(bits)).isEqualTo(1);
    Holdfast.release(bits);
  }

  @Test
  void manyJavaThreadsCountExactly() throws Exception {
    long bits = Holdfast.retain(object);
    List<Thread> threads = new ArrayList<>();
    for (int i = 0; i < 4; i++) {
      Thread thread =
          new Thread(
              () -> {
                for (int n = 0; n < 2_000; n++) {
                  Holdfast.release(Holdfast.retain(object));
                }
              });
      thread.start();
      threads.add(thread);
    }
    LIB.keeper_hammer(bits, 2, 100_000);
    for (Thread thread : threads) {
      thread.join();
    }
    assertThat(LIB.keeper_count(bits)).isEqualTo(1);
    Holdfast.release(bits);
  }

  @Test
  void cReleasesOnAThreadThatTheJvmDoesNotKnow() {
    long bits = Holdfast.retain(object);
    assertThat(LIB.keeper_release_elsewhere(bits)).isZero();
  }

  @Test
  void theReleaseFunctionServesAsADestroyCallback() {
    long bits = Holdfast.retain(object);
    LIB.keeper_destroy(Holdfast.releaseFunction(), new Pointer(bits));
  }

  @Test
  void theRetainFunctionServesAsACopyCallback() {
    long bits = Holdfast.retain(object);
    Pointer copy = LIB.keeper_copy(Holdfast.retainFunction(), new Pointer(bits));
    assertThat(Pointer.nativeValue(copy)).isEqualTo(bits);
    assertThat(LIB.keeper_count(bits)).isEqualTo(2);
    LIB.keeper_release(bits);
    LIB.keeper_release(bits);
  }

  @Test
  void takingResolvesAndReleases() {
    long bits = Holdfast.retain(object);
    assertThat(Holdfast.take(bits, Object.class)).isSameAs(object);
  }

  @Test
  void anObjectOfAnotherTypeIsNeitherResolvedNorTaken() {
    long bits = Holdfast.retain("text");
    assertThatThrownBy(() -> Holdfast.take(bits, Integer.class))
        .isInstanceOfSatisfying(
            HoldfastException.class, e -> assertThat(e.status()).isEqualTo(Status.ETYPE))
        .hasMessageContaining("java.lang.String")
        .hasMessageContaining("java.lang.Integer");
    assertThat(LIB.keeper_count(bits)).isEqualTo(1);
    Holdfast.release(bits);
  }

  @Test
  void aStaleHandleIsAnsweredInJavaAndCounted() {
    long before = Holdfast.stats().staleUsesTotal();
    long bits = Holdfast.retain(object);
    Holdfast.release(bits);
    assertThatThrownBy(() -> Holdfast.resolve(bits, Object.class))
        .isInstanceOfSatisfying(
            HoldfastException.class, e -> assertThat(e.status()).isEqualTo(Status.ESTALE));
    assertThatThrownBy(() -> Holdfast.release(bits)).isInstanceOf(HoldfastException.class);
    assertThat(Holdfast.stats().staleUsesTotal()).isEqualTo(before + 2);
  }

  @Test
  void aStaleHandleIsAnsweredInCAndCounted() {
    long before = Holdfast.stats().staleUsesTotal();
    long bits = Holdfast.retain(object);
    Holdfast.release(bits);
    assertThat(LIB.keeper_give(Handle.borrowed(bits))).isNull();
    assertThat(LIB.keeper_status()).isEqualTo(Status.ESTALE);
    assertThat(LIB.keeper_release_elsewhere(bits)).isEqualTo(Status.ESTALE);
    assertThat(Holdfast.stats().staleUsesTotal()).isEqualTo(before + 2);
  }

  @Test
  void aStaleHandleNeverNamesALaterObject() {
    Set<Long> seen = new HashSet<>();
    for (int i = 0; i < 10_000; i++) {
      long bits = Holdfast.retain(i);
      assertThat(seen.add(bits)).isTrue();
      Holdfast.release(bits);
    }
  }

  @Test
  void oneReleaseTooManyIsAnsweredAndCounted() {
    long before = misuses();
    long bits = Holdfast.retain(object);
    LIB.keeper_release(bits);
    // Whether its entry is retired already depends on the drain.
    assertThat(LIB.keeper_release_elsewhere(bits)).isIn(Status.EOVERRELEASE, Status.ESTALE);
    assertThat(misuses()).isEqualTo(before + 1);
  }

  private static long misuses() {
    return Holdfast.stats().overReleasesTotal() + Holdfast.stats().staleUsesTotal();
  }

  @Test
  void aNumberThatIsNoHandleIsRefused() {
    assertThatThrownBy(() -> Holdfast.resolve(0x1234, Object.class))
        .isInstanceOfSatisfying(
            HoldfastException.class, e -> assertThat(e.status()).isEqualTo(Status.EINVAL))
        .hasMessageContaining("0x1234");
    assertThatThrownBy(() -> Holdfast.release(0x1234)).isInstanceOf(HoldfastException.class);
  }

  @Test
  void countersCountBothSides() {
    long retains = Holdfast.stats().retainsTotal();
    long releases = Holdfast.stats().releasesTotal();
    long bits = Holdfast.retain(object);
    LIB.keeper_hammer(bits, 2, 1000);
    Holdfast.release(bits);
    assertThat(Holdfast.stats().retainsTotal()).isEqualTo(retains + 2001);
    assertThat(Holdfast.stats().releasesTotal()).isEqualTo(releases + 2001);
  }

  @Test
  void theMBeansShowTheCounts() throws Exception {
    MBeanServer server = ManagementFactory.getPlatformMBeanServer();
    ObjectName handles = new ObjectName("dev.holdfast:type=Handles");
    try (Handle a = Holdfast.handle(object);
        Handle b = Holdfast.handle("b")) {
      assertThat(a).isNotEqualTo(b);
      assertThat(server.getAttribute(handles, "HandlesCounted")).isEqualTo(2L);
      assertThat(server.getAttribute(handles, "OpaqueHandles")).isEqualTo(2L);
    }
    assertThat(
            (String[])
                server.invoke(
                    new ObjectName("dev.holdfast:type=Collector"), "validate", null, null))
        .isEmpty();
  }

  // What C asks of Java

  @Test
  void cReadsText() {
    byte[] buffer = new byte[16];
    assertThat(text("grüße 😀", buffer)).isEqualTo(12);
    assertThat(new String(buffer, 0, 12, UTF_8)).isEqualTo("grüße 😀");
    assertThat(buffer[12]).isZero();
  }

  @Test
  void textThatDoesNotFitIsCutBetweenCodePoints() {
    byte[] buffer = new byte[11];
    Arrays.fill(buffer, (byte) '#');
    assertThat(text("grüße 😀", buffer)).isEqualTo(12);
    assertThat(new String(buffer, 0, 8, UTF_8)).isEqualTo("grüße ");
    assertThat(buffer[8]).isZero();
  }

  @Test
  void anyCharSequenceAndEnumConstantIsText() {
    byte[] buffer = new byte[16];
    assertThat(text(CharBuffer.wrap("abc"), buffer)).isEqualTo(3);
    assertThat(text(Thread.State.BLOCKED, buffer)).isEqualTo(7);
    assertThat(new String(buffer, 0, 7, UTF_8)).isEqualTo("BLOCKED");
  }

  @Test
  void whatIsNoTextIsRefused() {
    assertThat(text(7, new byte[16])).isEqualTo(Status.ETYPE);
    assertThat(LIB.keeper_text(null, new byte[16], 16)).isEqualTo(Status.ENULL);
  }

  @Test
  void anExceptionOfTheApplicationReachesCAsAStatus() {
    assertThat(text(new Thrower(), new byte[16])).isEqualTo(Status.EJAVA);
  }

  @Test
  void anExceptionThatCannotBeDescribedDoesSoTooAndNobodyElseIsTold() {
    List<Class<?>> told = new ArrayList<>();
    Callback.UncaughtExceptionHandler usual = Native.getCallbackExceptionHandler();
    Native.setCallbackExceptionHandler((callback, thrown) -> told.add(thrown.getClass()));
    try {
      assertThat(text(new Secretive(), new byte[16])).isEqualTo(Status.EJAVA);
    } finally {
      Native.setCallbackExceptionHandler(usual);
    }
    assertThat(told).isEmpty();
  }

  @Test
  void aCThreadThatAsksJavaIsADaemonWithAName() {
    byte[] buffer = new byte[64];
    try (Handle handle = Holdfast.handle(new ThreadNamer())) {
      long length = LIB.keeper_text_elsewhere(handle, buffer, buffer.length);
      assertThat(new String(buffer, 0, (int) length, UTF_8)).isEqualTo("holdfast-native daemon");
    }
  }

  @Test
  void cComparesAndHashesAsJavaDoes() {
    try (Handle a = Holdfast.handle(new ArrayList<>(List.of(1, 2)));
        Handle b = Holdfast.handle(new ArrayList<>(List.of(1, 2)));
        Handle c = Holdfast.handle(new ArrayList<>())) {
      assertThat(LIB.keeper_equal(a, b)).isOne();
      assertThat(LIB.keeper_equal(a, c)).isZero();
      assertThat(LIB.keeper_equal(a, null)).isZero();
      assertThat(LIB.keeper_equal(null, null)).isOne();
      assertThat(LIB.keeper_hash(a)).isEqualTo(List.of(1, 2).hashCode());
    }
  }

  private static long text(Object text, byte[] buffer) {
    try (Handle handle = Holdfast.handle(text)) {
      return LIB.keeper_text(handle, buffer, buffer.length);
    }
  }

  private abstract static class Text implements CharSequence {
    @Override
    public int length() {
      return toString().length();
    }

    @Override
    public char charAt(int index) {
      return toString().charAt(index);
    }

    @Override
    public CharSequence subSequence(int start, int end) {
      return toString().subSequence(start, end);
    }
  }

  private static final class Thrower extends Text {
    @Override
    public String toString() {
      throw new IllegalStateException("on purpose");
    }
  }

  private static final class Secretive extends Text {
    @Override
    public String toString() {
      throw new IllegalStateException() {
        @Override
        public String getMessage() {
          throw this;
        }
      };
    }
  }

  private static final class ThreadNamer extends Text {
    @Override
    public String toString() {
      Thread thread = Thread.currentThread();
      return thread.getName() + (thread.isDaemon() ? " daemon" : "");
    }
  }
}
