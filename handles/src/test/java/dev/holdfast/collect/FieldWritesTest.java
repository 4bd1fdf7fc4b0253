package dev.holdfast.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import com.sun.jna.Pointer;
import dev.holdfast.fixture.Cell;
import dev.holdfast.fixture.Duel;
import dev.holdfast.fixture.Everything;
import dev.holdfast.fixture.Everything.Color;
import dev.holdfast.fixture.Managed;
import dev.holdfast.fixture.Probe;
import dev.holdfast.fixture.World;
import dev.holdfast.hook.Mirrors;
import dev.holdfast.table.Status;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** C writes fields of Java objects. */
@Tag("engine")
class FieldWritesTest {
  private static final double NEGATIVE_ZERO = -0.0;

  private final Everything object = Managed.adopted(new Everything(7, Color.BLUE));
  private long handle;

  @BeforeAll
  static void start() {
    Probe.start();
  }

  @BeforeEach
  void count() {
    handle = World.engine().retain(object);
  }

  @AfterEach
  void nothingIsBroken() {
    World.awaitEqual(object);
    World.engine().release(handle);
    World.validate();
  }

  static long field(String name) {
    return Managed.field(Everything.class, name);
  }

  static Stream<Arguments> kinds() {
    return Stream.of("a", "volatile")
        .flatMap(
            how ->
                Stream.of(
                    arguments(how + "Boolean", true, 255L),
                    arguments(how + "Byte", (byte) -2, -2L),
                    arguments(how + "Char", '\uffee', 0xffeeL),
                    arguments(how + "Short", (short) -300, -300L),
                    arguments(how.equals("a") ? "anInt" : "volatileInt", -70_000, -70_000L),
                    arguments(how + "Long", 1L << 40 | 5, 1L << 40 | 5),
                    arguments(how + "Float", 1.5f, (long) Float.floatToRawIntBits(1.5f)),
                    arguments(how + "Double", NEGATIVE_ZERO, Double.doubleToRawLongBits(-0.0)),
                    arguments(how.equals("a") ? "anEnum" : "volatileEnum", Color.GREEN, 1L)));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void whatCWritesIsInTheObjectAndInItsMirror(String field, Object value, long bits) {
    assertThat(Probe.probe_set(handle, field(field), bits)).isZero();
    assertThat(Managed.get(object, field)).isEqualTo(value);
    assertThat(World.engine().verify(object)).isEmpty();
  }

  @ParameterizedTest
  @ValueSource(strings = {"aReference", "volatileReference"})
  void aReferenceIsWrittenAndKeepsItsTarget(String field) {
    long cell = World.engine().retain(Cell.adopted(5));
    assertThat(Probe.probe_set(handle, field(field), cell)).isZero();
    Probe.probe_release(cell);
    World.collect();
    assertThat(((Cell) Managed.get(object, field)).number()).isEqualTo(5);
    assertThat(Probe.probe_get_ref(handle, field(field))).isEqualTo(cell);
    assertThat(Probe.probe_set(handle, field(field), 0)).isZero();
    assertThat(Managed.get(object, field)).isNull();
  }

  @Test
  void aReferenceToAnObjectWithoutAMirrorIsWritten() {
    long text = World.engine().retain("text");
    assertThat(Probe.probe_set(handle, field("text"), text)).isZero();
    Probe.probe_release(text);
    assertThat(Managed.get(object, "text")).isEqualTo("text");
  }

  @Test
  void aReferenceOfAnotherTypeIsRefused() {
    long text = World.engine().retain("text");
    long ints = World.engine().retain(new int[1]);
    long longs = World.engine().retain(new long[1]);
    assertThat(Probe.probe_set(handle, field("aReference"), text)).isEqualTo(Status.ETYPE);
    assertThat(Probe.probe_set(handle, field("text"), handle)).isEqualTo(Status.ETYPE);
    assertThat(Probe.probe_set(handle, field("array"), longs)).isEqualTo(Status.ETYPE);
    assertThat(Probe.probe_set(handle, field("array"), ints)).isZero();
    assertThat(Managed.get(object, "aReference")).isNull();
    Probe.probe_release(text);
    Probe.probe_release(ints);
    Probe.probe_release(longs);
  }

  @Test
  void aReferenceThatIsNotCountedIsRefused() {
    Cell cell = Cell.adopted(6);
    long borrowed = Mirrors.handleOf(cell);
    assertThat(Probe.probe_set(handle, field("aReference"), borrowed)).isEqualTo(Status.EUNCOUNTED);
    assertThat(Managed.get(object, "aReference")).isNull();
    assertThat(cell.number()).isEqualTo(6);
  }

  @Test
  void anObjectThatIsNotCountedIsNotWritten() {
    Cell cell = Cell.adopted(6);
    assertThat(Probe.probe_set(Mirrors.handleOf(cell), Cell.NUMBER, 1))
        .isEqualTo(Status.EUNCOUNTED);
    assertThat(cell.number()).isEqualTo(6);
  }

  @Test
  void aFinalFieldIsRefused() {
    assertThat(Probe.probe_set(handle, field("finalInt"), 1)).isEqualTo(Status.EFINAL);
    assertThat(Probe.probe_set(handle, field("finalEnum"), 1)).isEqualTo(Status.EFINAL);
    assertThat(Managed.get(object, "finalInt")).isEqualTo(7);
  }

  @Test
  void anOrdinalOfNoConstantIsRefused() {
    assertThat(Probe.probe_set(handle, field("anEnum"), 3)).isEqualTo(Status.EINVAL);
    assertThat(Probe.probe_set(handle, field("anEnum"), -2)).isEqualTo(Status.EINVAL);
    assertThat(Probe.probe_set(handle, field("anEnum"), 0)).isZero();
    assertThat(Probe.probe_set(handle, field("anEnum"), -1)).isZero();
    assertThat(Managed.get(object, "anEnum")).isNull();
  }

  @Test
  void aFieldOfAnotherClassIsRefused() {
    assertThat(Probe.probe_set(handle, Cell.NUMBER, 1)).isEqualTo(Status.ETYPE);
    long opaque = World.engine().retain(new Object());
    assertThat(Probe.probe_set(opaque, Cell.NUMBER, 1)).isEqualTo(Status.EUNMANAGED);
    Probe.probe_release(opaque);
  }

  private static int offset(String field) {
    return Managed.plan(Everything.class).field(field).offset();
  }

  @Test
  void ofAPrivateCopyOnlyWhatDiffersIsWritten() {
    Managed.write(object, "anInt", 1);
    Managed.write(object, "aLong", 2L);
    long copy = Probe.probe_write_begin(handle);
    Pointer at = new Pointer(copy);
    assertThat(at.getInt(offset("anInt"))).isEqualTo(1);
    at.setInt(offset("anInt"), 10);
    at.setDouble(offset("volatileDouble"), 1.25);
    Managed.write(object, "aLong", 3L);
    assertThat(Probe.probe_write_end(handle, copy)).isZero();
    assertThat(Managed.get(object, "anInt")).isEqualTo(10);
    assertThat(Managed.get(object, "volatileDouble")).isEqualTo(1.25);
    assertThat(Managed.get(object, "aLong")).isEqualTo(3L);
  }

  @Test
  void ofAPrivateCopyNothingIsWrittenIfOneFieldIsRefused() {
    long copy = Probe.probe_write_begin(handle);
    Pointer at = new Pointer(copy);
    at.setInt(offset("anInt"), 10);
    at.setInt(offset("finalInt"), 10);
    assertThat(Probe.probe_write_end(handle, copy)).isEqualTo(Status.EFINAL);
    assertThat(Managed.get(object, "anInt")).isEqualTo(0);
  }

  /** Goes red when write_end writes all fields back, not only those that differ. */
  @Test
  void aCWriterAndAJavaWriterOfOtherFieldsLoseNothing() {
    Cell cell = Cell.adopted(0);
    long counted = World.engine().retain(cell);
    Cell[] targets = {Cell.adopted(1), Cell.adopted(2)};
    int[] last = new int[1];
    Duel.fight(
        World.rounds(2_000),
        round -> {
          long copy = Probe.probe_write_begin(counted);
          new Pointer(copy).setInt(Managed.plan(Cell.class).field("number").offset(), round);
          if (Probe.probe_write_end(counted, copy) != 0) {
            throw new AssertionError("status " + Probe.probe_status());
          }
          last[0] = round;
        },
        round -> cell.next(targets[round & 1]),
        round -> {
          assertThat(cell.number()).isEqualTo(last[0]);
          assertThat(cell.next()).isSameAs(targets[round & 1]);
          assertThat(World.engine().verify(cell)).isEmpty();
        });
    Probe.probe_release(counted);
  }

  /** The field is volatile, so both last writers leave the mirror with the last value. */
  @Test
  void aCWriterAndAJavaWriterOfOneVolatileFieldLeaveItsMirrorEqual() {
    Duel.fight(
        World.rounds(1_000),
        round -> Probe.probe_count_up(handle, field("volatileInt"), 3),
        round -> Managed.write(object, "volatileInt", -round),
        round -> assertThat(World.engine().verify(object)).isEmpty());
  }
}
