package dev.holdfast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.table.Status;
import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.function.IntUnaryOperator;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** C finds and calls methods of Java, makes objects, and throws. */
@Tag("own-jvm")
class CallingJavaTest {
  private static final Calls LIB = Calls.load();
  private static final String STRING = "Ljava/lang/String;";

  /** What is called. */
  @SuppressWarnings("unused")
  public static class Callee {
    private final StringBuilder said = new StringBuilder();

    public Callee() {}

    protected Callee(String first, long second) {
      said.append(first).append(second);
    }

    public String all(
        boolean z, byte b, char c, short s, int i, long j, float f, double d, String text) {
      return "" + z + b + c + s + i + j + f + d + text;
    }

    static String count(long a, double b, int c, int d, int e, byte f) {
      return a + " " + b + " " + c + " " + d + " " + e + " " + f;
    }

    boolean truth(boolean other) {
      return !other;
    }

    byte little(byte value) {
      return (byte) -value;
    }

    char letter() {
      return '\uffff';
    }

    short small() {
      return -2;
    }

    long big() {
      return Long.MIN_VALUE;
    }

    float real(float value) {
      return -value;
    }

    double precise(double value) {
      return -value;
    }

    Object itself() {
      return this;
    }

    private void secret() {}

    void fails() throws IOException {
      throw new IOException("on purpose");
    }

    @SuppressWarnings("InfiniteRecursion")
    int overflows() {
      return 1 + overflows();
    }

    String thread() {
      Thread thread = Thread.currentThread();
      return thread.getName() + (thread.isDaemon() ? " daemon" : "");
    }

    @Override
    public String toString() {
      return said.toString();
    }
  }

  /** Shares its private methods with nobody. */
  static class Heir extends Callee {
    @Override
    short small() {
      return -3;
    }
  }

  private final Callee callee = new Callee();

  @AfterEach
  void nothingIsCountedAnyMore() {
    LIB.calls_exception();
    Eventually.holds(
        "no count is left, but there are " + Holdfast.stats(),
        () -> Holdfast.stats().handlesCounted() == 0 && Holdfast.stats().opaqueHandles() == 0);
  }

  private static long call(Object object, Class<?> type, String method, long... arguments) {
    int at = method.indexOf('(');
    long found = LIB.method(type, method.substring(0, at), method.substring(at));
    long[] result = {-1};
    try (Handle handle = Holdfast.handle(object)) {
      assertThat(LIB.calls_call(handle, found, arguments.length == 0 ? null : arguments, result))
          .as(LIB.calls_error())
          .isZero();
    }
    return result[0];
  }

  private static String callText(Object object, Class<?> type, String method, long... arguments) {
    return Holdfast.take(call(object, type, method, arguments), String.class);
  }

  @Test
  void argumentsOfEveryKindArrive() {
    long text = Holdfast.retain("text");
    long junk = 0x7fffffff00000000L; // only the bytes of the kind count
    assertThat(
            callText(
                callee,
                Callee.class,
                "all(ZBCSIJFD" + STRING + ")" + STRING,
                junk | 1,
                junk | ((byte) -3 & 0xff),
                junk | 'ß',
                junk | ((short) -300 & 0xffff),
                junk | (Integer.MIN_VALUE & 0xffff_ffffL),
                Long.MAX_VALUE,
                junk | Float.floatToRawIntBits(0.5f),
                Double.doubleToRawLongBits(-0.25),
                text))
        .isEqualTo("true-3ß-300" + Integer.MIN_VALUE + Long.MAX_VALUE + "0.5-0.25text");
    Holdfast.release(text);
  }

  @Test
  void resultsOfEveryKindReturn() {
    assertThat((byte) call(callee, Callee.class, "truth(Z)Z", 0)).isOne();
    assertThat((byte) call(callee, Callee.class, "little(B)B", 5)).isEqualTo((byte) -5);
    assertThat((char) call(callee, Callee.class, "letter()C")).isEqualTo('\uffff');
    assertThat((short) call(callee, Callee.class, "small()S")).isEqualTo((short) -2);
    assertThat((int) call("abc", String.class, "length()I")).isEqualTo(3);
    assertThat(call(callee, Callee.class, "big()J")).isEqualTo(Long.MIN_VALUE);
    long bits = call(callee, Callee.class, "real(F)F", Float.floatToRawIntBits(1.5f));
    assertThat(Float.intBitsToFloat((int) bits)).isEqualTo(-1.5f);
    bits = call(callee, Callee.class, "precise(D)D", Double.doubleToRawLongBits(2.5));
    assertThat(Double.longBitsToDouble(bits)).isEqualTo(-2.5);
    assertThat(
            Holdfast.take(call(callee, Callee.class, "itself()Ljava/lang/Object;"), Callee.class))
        .isSameAs(callee);
    assertThat(call(new ArrayList<>(), List.class, "clear()V")).isZero();
    assertThat(call(new Heir(), Callee.class, "small()S")).isEqualTo(-3);
  }

  @Test
  void nullIsAnArgumentAndAResult() {
    long[] result = {-1};
    try (Handle list = Holdfast.handle(new ArrayList<>())) {
      long add = LIB.method(List.class, "add", "(Ljava/lang/Object;)Z");
      assertThat(LIB.calls_call(list, add, new long[] {0}, result)).isZero();
      long get = LIB.method(List.class, "get", "(I)Ljava/lang/Object;");
      assertThat(LIB.calls_call(list, get, new long[] {0}, result)).isZero();
      assertThat(result[0]).isZero();
    }
  }

  @Test
  void aStaticMethodIsCalledOnNoObject() {
    assertThat(
            callText(
                null,
                Callee.class,
                "count(JDIIIB)" + STRING,
                1,
                Double.doubleToRawLongBits(2),
                3,
                4,
                5,
                0xf6))
        .isEqualTo("1 2.0 3 4 5 -10");
    long abs = LIB.method(Math.class, "abs", "(I)I");
    try (Handle handle = Holdfast.handle(callee)) {
      assertThat(LIB.calls_call(handle, abs, new long[] {1}, null)).isEqualTo(Status.EINVAL);
    }
  }

  @Test
  void anInterfacesMethodIsCalledOnWhateverImplementsIt() {
    assertThat(call(List.of(1, 2, 3), List.class, "size()I")).isEqualTo(3);
    assertThat(call(new ArrayList<>(List.of(1)), List.class, "size()I")).isOne();
    assertThat(callText(List.of(1), List.class, "toString()" + STRING)).isEqualTo("[1]");
    IntUnaryOperator lambda = n -> n + 1;
    assertThat(call(lambda, IntUnaryOperator.class, "applyAsInt(I)I", 41)).isEqualTo(42);
  }

  @Test
  void theClassOfAHandleHasItsMethodsThoughTheClassIsClosed() {
    try (Handle list = Holdfast.handle(List.of(7, 8))) {
      int type = LIB.calls_type_of(list);
      assertThat(LIB.calls_type_name(type)).isEqualTo(List.of(7, 8).getClass().getName());
      long get = LIB.calls_method_find(type, "get", "(I)Ljava/lang/Object;");
      assertThat(get).as(LIB.calls_error()).isNotZero();
      long[] result = {0};
      assertThat(LIB.calls_call(list, get, new long[] {1}, result)).isZero();
      assertThat(Holdfast.take(result[0], Integer.class)).isEqualTo(8);
    }
  }

  @Test
  void aClassHasOneNumberAndAMethodOneHandle() {
    int type = LIB.calls_type_find("java.util.List");
    assertThat(LIB.calls_type_find("java.util.List")).isEqualTo(type);
    assertThat(LIB.calls_type_name(type)).isEqualTo("java.util.List");
    assertThat(LIB.calls_method_find(type, "size", "()I"))
        .isEqualTo(LIB.calls_method_find(type, "size", "()I"));
    try (Handle list = Holdfast.handle(List.of());
        Handle text = Holdfast.handle("")) {
      assertThat(LIB.calls_instance_of(list, type)).isOne();
      assertThat(LIB.calls_instance_of(text, type)).isZero();
    }
  }

  @Test
  void whatIsNotThereOrPrivateIsRefusedByName() {
    int type = LIB.calls_type_find(Callee.class.getName());
    assertThat(LIB.calls_method_find(type, "nothing", "()V")).isZero();
    assertThat(LIB.calls_status()).isEqualTo(Status.ENOMETHOD);
    assertThat(LIB.calls_error())
        .isEqualTo("HF_ENOMETHOD: " + Callee.class.getName() + " has no method nothing()V");
    assertThat(LIB.calls_method_find(type, "secret", "()V")).isZero();
    assertThat(LIB.calls_error()).startsWith("HF_ENOMETHOD: ").contains("private");
    int heir = LIB.calls_type_find(Heir.class.getName());
    assertThat(LIB.calls_method_find(heir, "secret", "()V")).isZero();
    int number = LIB.calls_type_find("java.lang.Number");
    assertThat(LIB.calls_method_find(number, "<init>", "()V")).isZero();
    assertThat(LIB.calls_error()).contains("abstract");
    int sun = LIB.calls_type_find("java.util.ImmutableCollections");
    assertThat(LIB.calls_method_find(sun, "uoe", "()Ljava/lang/UnsupportedOperationException;"))
        .isZero();
    assertThat(LIB.calls_error()).contains("not public in an open package");
    assertThat(LIB.calls_type_find("no.such.Type")).isZero();
    assertThat(LIB.calls_status()).isEqualTo(Status.ENOTYPE);
    assertThat(LIB.calls_method_find(0x7fff, "a", "()V")).isZero();
    assertThat(LIB.calls_status()).isEqualTo(Status.ENOTYPE);
  }

  @Test
  void constructorsMakeObjects() {
    long text = Holdfast.retain("one");
    long constructor = LIB.method(Callee.class, "<init>", "(" + STRING + "J)V");
    try (Handle made = LIB.calls_new(constructor, new long[] {text, 2})) {
      assertThat(made.get(Callee.class)).hasToString("one2");
    }
    Holdfast.release(text);
    assertThat(LIB.calls_call(null, constructor, new long[] {0, 0}, null)).isEqualTo(Status.EINVAL);
    assertThat(LIB.calls_new(LIB.method(Math.class, "abs", "(I)I"), new long[] {1})).isNull();
    assertThat(LIB.calls_status()).isEqualTo(Status.EINVAL);
  }

  @Test
  void wrongObjectsAndArgumentsAreRefused() {
    long[] result = {5};
    long size = LIB.method(List.class, "size", "()I");
    long concat = LIB.method(String.class, "concat", "(" + STRING + ")" + STRING);
    try (Handle text = Holdfast.handle("a");
        Handle list = Holdfast.handle(List.of())) {
      assertThat(LIB.calls_call(text, size, null, result)).isEqualTo(Status.ETYPE);
      assertThat(LIB.calls_error()).contains("java.lang.String").contains("java.util.List");
      assertThat(LIB.calls_call(null, size, null, result)).isEqualTo(Status.ENULL);
      assertThat(LIB.calls_call(text, concat, null, result)).isEqualTo(Status.ENULL);
      assertThat(LIB.calls_call(text, concat, new long[] {list.bits()}, result))
          .isEqualTo(Status.ETYPE);
      assertThat(LIB.calls_call(text, concat, new long[] {0x1234}, result))
          .isEqualTo(Status.EINVAL);
      assertThat(LIB.calls_call(text, size ^ 1L << 50, null, result)).isEqualTo(Status.EINVAL);
      assertThat(LIB.calls_call(text, 0, null, result)).isEqualTo(Status.EINVAL);
      assertThat(LIB.calls_call_in_scope(list, size)).isEqualTo(Status.ESCOPE);
    }
    assertThat(result).containsExactly(5);
    assertThat(LIB.calls_exception()).isNull();
  }

  @Test
  void anExceptionIsAHandleWithItsText() {
    long fails = LIB.method(Callee.class, "fails", "()V");
    try (Handle handle = Holdfast.handle(callee)) {
      assertThat(LIB.calls_call(handle, fails, null, null)).isEqualTo(Status.EJAVA);
      assertThat(LIB.calls_error()).isEqualTo("HF_EJAVA: java.io.IOException: on purpose");
      try (Handle thrown = LIB.calls_exception()) {
        assertThat(thrown.get(IOException.class)).hasMessage("on purpose");
      }
      assertThat(LIB.calls_exception()).isNull();
      // one that nobody takes goes with the thread's next call, or its end
      assertThat(LIB.calls_call(handle, fails, null, null)).isEqualTo(Status.EJAVA);
      long letter = LIB.method(Callee.class, "letter", "()C");
      assertThat(LIB.calls_call(handle, letter, null, null)).isZero();
      assertThat(LIB.calls_call_and_leave(handle, fails)).isEqualTo(Status.EJAVA);
    }
  }

  @Test
  void aStackOverflowIsAnExceptionToo() {
    long overflows = LIB.method(Callee.class, "overflows", "()I");
    try (Handle handle = Holdfast.handle(callee)) {
      for (int i = 0; i < 3; i++) {
        assertThat(LIB.calls_call(handle, overflows, null, null)).isEqualTo(Status.EJAVA);
        assertThat(LIB.calls_error()).contains("StackOverflowError");
        LIB.calls_exception().close();
      }
    }
  }

  @Test
  void aResultThatNobodyWantsIsNotCounted() {
    long itself = LIB.method(Callee.class, "itself", "()Ljava/lang/Object;");
    try (Handle handle = Holdfast.handle(callee)) {
      assertThat(LIB.calls_call_many(handle, itself, 1000)).isEqualTo(1000);
    }
  }

  @Test
  void aThreadThatTheJvmDoesNotKnowCallsAsADaemon() {
    long thread = LIB.method(Callee.class, "thread", "()" + STRING);
    long[] result = {0};
    try (Handle handle = Holdfast.handle(callee)) {
      assertThat(LIB.calls_call_elsewhere(handle, thread, null, result)).isZero();
    }
    assertThat(Holdfast.take(result[0], String.class)).isEqualTo("holdfast-native daemon");
  }

  /** Goes down through C and Java in turn. */
  @SuppressWarnings("unused")
  static class Nested {
    int deep(int levels) {
      if (levels == 0) {
        LIB.calls_throw("java.lang.IllegalStateException", "at the bottom");
        return 0;
      }
      long[] result = {0};
      long deep = LIB.method(Nested.class, "deep", "(I)I");
      try (Handle me = Holdfast.handle(this)) {
        int status = LIB.calls_call(me, deep, new long[] {levels - 1}, result);
        if (status != 0) {
          LIB.calls_exception().close();
          return 100;
        }
      }
      return (int) result[0] + 1;
    }

    int throwing(int unused) {
      return LIB.calls_throw("java.io.IOException", "grüße");
    }

    int twice() {
      LIB.calls_throw("java.lang.IllegalStateException", "first");
      return LIB.calls_throw("java.lang.IllegalStateException", null);
    }
  }

  @Test
  void callsNestAndTheInnermostOneThrows() {
    try (Handle nested = Holdfast.handle(new Nested())) {
      long deep = LIB.method(Nested.class, "deep", "(I)I");
      long[] result = {0};
      assertThat(LIB.calls_call(nested, deep, new long[] {10}, result)).isZero();
      assertThat(result[0]).isEqualTo(109);
    }
  }

  @Test
  void whatCThrowsFailsTheCallThatHasCalledC() {
    try (Handle nested = Holdfast.handle(new Nested())) {
      long throwing = LIB.method(Nested.class, "throwing", "(I)I");
      assertThat(LIB.calls_call(nested, throwing, new long[] {0}, null)).isEqualTo(Status.EJAVA);
      assertThat(LIB.calls_error()).isEqualTo("HF_EJAVA: java.io.IOException: grüße");
      try (Handle thrown = LIB.calls_exception()) {
        assertThat(thrown.get(IOException.class)).hasMessage("grüße");
      }
      long twice = LIB.method(Nested.class, "twice", "()I");
      assertThat(LIB.calls_call(nested, twice, null, null)).isEqualTo(Status.EJAVA);
      try (Handle thrown = LIB.calls_exception()) {
        assertThat(thrown.get(IllegalStateException.class)).hasMessage(null);
      }
    }
  }

  @Test
  void javaThrowsWhatCHasThrown() {
    assertThatThrownBy(() -> Holdfast.calling(() -> LIB.calls_throw("java.io.IOException", "C")))
        .isInstanceOf(IOException.class)
        .hasMessage("C");
    assertThat(Holdfast.calling(() -> LIB.calls_type_find("java.util.List"))).isNotZero();
  }

  @Test
  void aLibraryThatHoldfastHasLoadedThrows() {
    Calls loaded = Holdfast.load("keeper", Calls.class);
    assertThatThrownBy(() -> loaded.calls_throw("java.lang.IllegalStateException", "C"))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("C");
    assertThat(loaded.calls_type_find("java.util.List")).isNotZero();
  }

  @Test
  void whatNobodyCouldCatchIsNotThrown() {
    assertThat(LIB.calls_throw("java.io.IOException", "plain JNA")).isEqualTo(Status.ENOCALLER);
    assertThat(LIB.calls_throw_elsewhere("java.io.IOException")).isEqualTo(Status.ENOCALLER);
    int noThrowable = Holdfast.calling(() -> LIB.calls_throw("java.lang.String", "x"));
    assertThat(noThrowable).isEqualTo(Status.ETYPE);
    int noType = Holdfast.calling(() -> LIB.calls_throw("no.such.Type", "x"));
    assertThat(noType).isEqualTo(Status.ENOTYPE);
    int none =
        Holdfast.calling(() -> LIB.calls_throw("java.lang.EnumConstantNotPresentException", "x"));
    assertThat(none).isEqualTo(Status.ENOMETHOD);
  }
}
