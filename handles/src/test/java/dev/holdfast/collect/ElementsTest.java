package dev.holdfast.collect;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.assertj.core.api.Assertions.assertThat;

import com.sun.jna.Memory;
import dev.holdfast.fixture.Cell;
import dev.holdfast.fixture.Probe;
import dev.holdfast.fixture.World;
import dev.holdfast.table.Status;
import java.util.AbstractList;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.LinkedList;
import java.util.List;
import java.util.Map;
import java.util.TreeSet;
import java.util.stream.Stream;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** C reads and writes many elements at once. */
@Tag("engine")
class ElementsTest {
  private final List<Long> given = new ArrayList<>();

  @BeforeAll
  static void start() {
    Probe.start();
  }

  @AfterEach
  void nothingIsBroken() {
    given.forEach(Probe::probe_release);
    World.engine().drain();
    World.validate();
  }

  private long retain(Object object) {
    long handle = World.engine().retain(object);
    given.add(handle);
    return handle;
  }

  /** The elements of a block that C reads, and then releases. */
  private static List<Object> read(long from, long first, int most) {
    Memory out = new Memory(8L * most + 8);
    out.clear();
    long n = Probe.probe_read_refs(from, first, most, out);
    assertThat(n).as("status").isNotNegative();
    assertThat(out.getLong(8L * most)).as("behind the block").isZero();
    List<Object> found = new ArrayList<>();
    for (int i = 0; i < n; i++) {
      long handle = out.getLong(8L * i);
      found.add(handle == 0 ? null : World.engine().resolve(handle));
      Probe.probe_release(handle);
    }
    return found;
  }

  @SuppressWarnings("JdkObsolete") // a list whose elements have no numbers
  static Stream<Arguments> sequences() {
    List<Object> all = new ArrayList<>();
    for (int i = 0; i < 10; i++) {
      all.add(i == 3 ? null : i % 2 == 0 ? Cell.adopted(i) : "text " + i);
    }
    return Stream.of(all.toArray(), new ArrayList<>(all), new LinkedList<>(all), mapOf(all))
        .map(sequence -> Arguments.of(sequence));
  }

  private static Map<Object, Object> mapOf(List<Object> flat) {
    Map<Object, Object> map = new LinkedHashMap<>();
    for (int i = 0; i < flat.size(); i += 2) {
      map.put(flat.get(i), flat.get(i + 1));
    }
    return map;
  }

  private static List<Object> flat(Object sequence) {
    if (sequence instanceof Object[] array) {
      return Arrays.asList(array);
    }
    if (sequence instanceof Map<?, ?> map) {
      List<Object> all = new ArrayList<>();
      map.forEach(
          (key, value) -> {
            all.add(key);
            all.add(value);
          });
      return all;
    }
    return new ArrayList<>((List<?>) sequence);
  }

  @ParameterizedTest
  @MethodSource("sequences")
  void everyBlockOfASequenceIsRead(Object sequence) {
    long handle = retain(sequence);
    List<Object> expected = flat(sequence);
    assertThat(Probe.probe_array_length(handle)).isEqualTo(10);
    for (int from = 0; from <= 11; from++) {
      for (int most = 0; most <= 11; most++) {
        int end = Math.min(10, from + most);
        assertThat(read(handle, from, most))
            .as("%d from %d", most, from)
            .isEqualTo(from >= end ? List.of() : expected.subList(from, end));
      }
    }
    assertThat(read(handle, Long.MAX_VALUE, 3)).isEmpty();
  }

  @Test
  void aSetIsReadInItsOwnOrder() {
    long handle = retain(new TreeSet<>(List.of("c", "a", "b")));
    assertThat(read(handle, 0, 9)).containsExactly("a", "b", "c");
    assertThat(read(handle, 1, 1)).containsExactly("b");
  }

  @Test
  void eachElementIsCountedForC() {
    Cell cell = Cell.adopted(1);
    long handle = retain(new Cell[] {cell, cell});
    Memory out = new Memory(16);
    assertThat(Probe.probe_read_refs(handle, 0, 2, out)).isEqualTo(2);
    assertThat(out.getLong(0)).isEqualTo(out.getLong(8));
    assertThat(Probe.probe_count(out.getLong(0))).isEqualTo(2);
    assertThat(Probe.probe_release_n(out.getLong(0), 2)).isZero();
  }

  @Test
  void ofACollectionThatFailsNothingStaysCounted() {
    Cell cell = Cell.adopted(1);
    List<Object> failing =
        new AbstractList<>() {
          @Override
          public Object get(int index) {
            if (index == 2) {
              throw new IllegalStateException("the collection's own");
            }
            return cell;
          }

          @Override
          public int size() {
            return 3;
          }
        };
    long handle = retain(failing);
    assertThat(Probe.probe_read_refs(handle, 0, 3, new Memory(24))).isEqualTo(Status.EJAVA);
    long counted = retain(cell);
    assertThat(Probe.probe_count(counted)).isEqualTo(1);
  }

  @Test
  void whatHasNoElementsIsRefused() {
    long text = retain("text");
    assertThat(Probe.probe_read_refs(text, 0, 1, new Memory(8))).isEqualTo(Status.ETYPE);
    assertThat(Probe.probe_array_length(text)).isEqualTo(Status.ETYPE);
    long ints = retain(new int[1]);
    assertThat(Probe.probe_read_refs(ints, 0, 1, new Memory(8))).isEqualTo(Status.ETYPE);
    assertThat(Probe.probe_array_length(ints)).isEqualTo(1);
  }

  /** Kind, bytes of an element, and an array of it. */
  record Kind(int kind, int bytes, Object array) {}

  static Stream<Kind> kinds() {
    return Stream.of(
        new Kind(1, 1, new boolean[] {true, false, true, true}),
        new Kind(2, 1, new byte[] {1, -2, 3, -4}),
        new Kind(3, 2, new char[] {'a', '\uffff', '\0', '\ud800'}),
        new Kind(4, 2, new short[] {1, -2, 3, -4}),
        new Kind(5, 4, new int[] {1, -2, 3, Integer.MIN_VALUE}),
        new Kind(6, 8, new long[] {1, -2, 3, Long.MIN_VALUE}),
        new Kind(7, 4, new float[] {1, -0.0f, 3, Float.MAX_VALUE}),
        new Kind(8, 8, new double[] {1, -0.0, 3, Double.MIN_VALUE}));
  }

  @ParameterizedTest
  @MethodSource("kinds")
  void primitivesAreCopiedOutAndIn(Kind kind) throws Exception {
    long from = retain(kind.array());
    Object copy = java.lang.reflect.Array.newInstance(kind.array().getClass().componentType(), 4);
    long to = retain(copy);
    Memory block = new Memory(4L * kind.bytes() + 1);
    block.setByte(3L * kind.bytes(), (byte) 99);
    assertThat(Probe.probe_array_read(from, kind.kind(), 1, 3, block)).isEqualTo(3);
    assertThat(block.getByte(3L * kind.bytes())).as("behind the block").isEqualTo((byte) 99);
    assertThat(Probe.probe_array_write(to, kind.kind(), 1, 3, block)).isEqualTo(3);
    assertThat(Probe.probe_array_read(from, kind.kind(), 0, 1, block)).isEqualTo(1);
    assertThat(Probe.probe_array_write(to, kind.kind(), 0, 1, block)).isEqualTo(1);
    assertThat(copy).isEqualTo(kind.array());
    assertThat(Probe.probe_array_read(from, kind.kind(), 3, 9, block)).isEqualTo(1);
    assertThat(Probe.probe_array_read(from, kind.kind(), 4, 9, block)).isZero();
    assertThat(Probe.probe_array_read(from, kind.kind() % 8 + 1, 0, 1, block))
        .isEqualTo(Status.ETYPE);
  }

  @Test
  void whatDoesNotFitIntoAnArrayIsNotWrittenAtAll() {
    int[] array = {1, 2, 3};
    long handle = retain(array);
    Memory block = new Memory(16);
    block.clear();
    assertThat(Probe.probe_array_write(handle, 5, 1, 3, block)).isEqualTo(Status.EINVAL);
    assertThat(Probe.probe_array_write(handle, 5, Long.MAX_VALUE, 3, block))
        .isEqualTo(Status.EINVAL);
    assertThat(array).containsExactly(1, 2, 3);
  }

  private Object text(byte... utf8) {
    Memory memory = new Memory(utf8.length + 1L);
    memory.write(0, utf8, 0, utf8.length);
    memory.setByte(utf8.length, (byte) 'x');
    long handle = Probe.probe_string_new(memory, utf8.length);
    given.add(handle);
    return World.engine().resolve(handle);
  }

  @Test
  void textComesInWithZeroBytesAndMendedWhereItIsMalformed() {
    assertThat(text("a\0é€😀".getBytes(UTF_8))).isEqualTo("a\0é€😀");
    assertThat(text()).isEqualTo("");
    assertThat((String) text((byte) 'a', (byte) 0xff, (byte) 'b')).isEqualTo("a\ufffdb");
    assertThat((String) text((byte) 0xed, (byte) 0xa0, (byte) 0x80)).matches("\ufffd+");
  }

  @Test
  void textGoesOutWithZeroBytesAndAMarkForALoneSurrogate() {
    long handle = retain("a\0b\udc00c");
    Memory buffer = new Memory(16);
    assertThat(Probe.probe_string_utf8(handle, buffer, 16)).isEqualTo(5);
    assertThat(buffer.getByteArray(0, 6)).containsExactly('a', 0, 'b', '?', 'c', 0);
  }
}
