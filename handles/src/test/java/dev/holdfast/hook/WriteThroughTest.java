package dev.holdfast.hook;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.params.provider.Arguments.arguments;

import dev.holdfast.fixture.Cell;
import dev.holdfast.fixture.Everything;
import dev.holdfast.fixture.Everything.Color;
import dev.holdfast.fixture.Managed;
import dev.holdfast.fixture.Mirror;
import dev.holdfast.fixture.Space;
import dev.holdfast.fixture.World;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;
import org.junit.jupiter.params.provider.ValueSource;

/** A field's way into the mirror, for each kind of field. */
@Tag("engine")
class WriteThroughTest {
  private static final double NEGATIVE_ZERO = -0.0;

  private final Everything object = Managed.adopted(new Everything(7, Color.BLUE));

  @BeforeAll
  static void start() {
    World.engine();
  }

  @AfterEach
  void nothingIsBroken() {
    assertThat(World.engine().verify(object)).isEmpty();
    World.validate();
  }

  static Stream<Arguments> kinds() {
    return Stream.of("a", "volatile")
        .flatMap(
            how ->
                Stream.of(
                    arguments(how + "Boolean", true, 1L, 1),
                    arguments(how + "Byte", (byte) -2, -2L, 1),
                    arguments(how + "Char", '\uffee', 0xffeeL, 2),
                    arguments(how + "Short", (short) -300, -300L, 2),
                    arguments(how.equals("a") ? "anInt" : "volatileInt", -70_000, -70_000L, 4),
                    arguments(how + "Long", 1L << 40 | 5, 1L << 40 | 5, 8),
                    arguments(how + "Float", 1.5f, (long) Float.floatToRawIntBits(1.5f), 4),
                    arguments(how + "Double", NEGATIVE_ZERO, Double.doubleToRawLongBits(-0.0), 8)));
  }

  private static long shown(Object object, String field, int bytes) {
    Mirror mirror = Mirror.of(object);
    return switch (bytes) {
      case 1 -> mirror.getByte(field);
      case 2 ->
          field.endsWith("Char")
              ? Short.toUnsignedLong(mirror.getShort(field))
              : mirror.getShort(field);
      case 4 -> mirror.getInt(field);
      default -> mirror.getLong(field);
    };
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aWrittenFieldIsInTheMirrorWhenTheHookReturns(
      String field, Object value, long bits, int bytes) {
    Managed.write(object, field, value);
    assertThat(shown(object, field, bytes)).isEqualTo(bits);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aFieldThatWasSetBeforeTheAdoptionIsInTheMirror(
      String field, Object value, long bits, int bytes) {
    Everything born = new Everything(0, null);
    Managed.set(born, field, value);
    Managed.adopted(born);
    assertThat(shown(born, field, bytes)).isEqualTo(bits);
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void aWriteReachesTheMirrorAfterItHasMoved(String field, Object value, long bits, int bytes) {
    Space.OLD.make(() -> object);
    Managed.write(object, field, value);
    assertThat(shown(object, field, bytes)).isEqualTo(bits);
  }

  @Test
  void finalFieldsAreInTheMirror() {
    assertThat(Mirror.of(object).getInt("finalInt")).isEqualTo(7);
    assertThat(Mirror.of(object).getInt("finalEnum")).isEqualTo(2);
  }

  @ParameterizedTest
  @ValueSource(strings = {"anEnum", "volatileEnum"})
  void anEnumIsItsOrdinal(String field) {
    Managed.write(object, field, Color.GREEN);
    assertThat(Mirror.of(object).getInt(field)).isEqualTo(1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"anEnum", "volatileEnum"})
  void noEnumIsMinusOne(String field) {
    assertThat(Mirror.of(object).getInt(field)).isEqualTo(-1);
    Managed.write(object, field, Color.BLUE);
    Managed.write(object, field, null);
    assertThat(Mirror.of(object).getInt(field)).isEqualTo(-1);
  }

  @ParameterizedTest
  @ValueSource(strings = {"aReference", "volatileReference"})
  void aReferenceIsTheHandleOfItsTarget(String field) {
    Cell target = Cell.adopted(1);
    Managed.write(object, field, target);
    assertThat(Mirror.of(object).getLong(field)).isEqualTo(Mirrors.handleOf(target));
  }

  @ParameterizedTest
  @ValueSource(strings = {"aReference", "volatileReference"})
  void nullIsZero(String field) {
    Managed.write(object, field, Cell.adopted(1));
    Managed.write(object, field, null);
    assertThat(Mirror.of(object).getLong(field)).isZero();
  }

  @ParameterizedTest
  @ValueSource(strings = {"text", "array"})
  void anObjectThatCannotHaveAMirrorIsUnmirrored(String field) {
    Managed.write(object, field, field.equals("text") ? "text" : new int[1]);
    assertThat(Mirror.of(object).getLong(field)).isEqualTo(HandleBits.UNMIRRORED);
  }

  @Test
  void aWriteTouchesItsFieldAlone() {
    Everything neighbour = Managed.adopted(new Everything(8, Color.RED));
    kinds().forEach(kind -> Managed.write(object, (String) kind.get()[0], kind.get()[1]));
    assertThat(World.engine().verify(neighbour)).isEmpty();
    kinds()
        .forEach(
            kind ->
                assertThat(shown(object, (String) kind.get()[0], (int) kind.get()[3]))
                    .isEqualTo(kind.get()[2]));
  }
}
