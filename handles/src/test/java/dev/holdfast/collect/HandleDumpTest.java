package dev.holdfast.collect;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.holdfast.fixture.Cell;
import dev.holdfast.fixture.Duel;
import dev.holdfast.fixture.Space;
import dev.holdfast.fixture.World;
import dev.holdfast.hook.HandleBits;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** What {@code dumpHandles} writes. */
@Tag("engine")
class HandleDumpTest {
  @TempDir Path folder;

  @BeforeAll
  static void start() {
    World.engine();
  }

  private List<String> dump(long most) throws IOException {
    Path file = folder.resolve("handles.txt");
    long written = World.engine().dumpHandles(file, most);
    List<String> lines = Files.readAllLines(file);
    Files.delete(file);
    assertThat(lines.get(0)).startsWith("handle ").endsWith("class");
    assertThat(written).isEqualTo(lines.size() - 1L);
    return lines.subList(1, lines.size());
  }

  /** handle, count, space, entry, class */
  private static String[] lineOf(long handle, List<String> lines) {
    String bits = "0x" + Long.toHexString(handle);
    List<String> found = lines.stream().filter(line -> line.startsWith(bits)).toList();
    assertThat(found).hasSize(1);
    return found.get(0).split(" +");
  }

  @Test
  void aCountedHandleIsALineWithAllThatIsKnownOfIt() throws Exception {
    Cell cell = Space.OLD.make(() -> Cell.adopted(1));
    long handle = World.engine().retain(cell);
    World.engine().retain(cell);
    assertThat(lineOf(handle, dump(Long.MAX_VALUE)))
        .containsExactly(
            "0x" + Long.toHexString(handle),
            "2",
            "old",
            String.valueOf(HandleBits.index(handle)),
            Cell.class.getName());
    World.engine().release(handle);
    World.engine().release(handle);
  }

  @Test
  void anObjectWithoutAMirrorIsOpaque() throws Exception {
    long handle = World.engine().retain("text");
    String[] line = lineOf(handle, dump(Long.MAX_VALUE));
    assertThat(line[2]).isEqualTo("opaque");
    assertThat(line[4]).isEqualTo("java.lang.String");
    World.engine().release(handle);
  }

  @Test
  void whatWasGivenBackIsNotInIt() throws Exception {
    Cell cell = Cell.adopted(1);
    long handle = World.engine().retain(cell);
    World.engine().release(handle);
    assertThat(dump(Long.MAX_VALUE))
        .noneMatch(line -> line.startsWith("0x" + Long.toHexString(handle)));
    assertThat(cell.number()).isEqualTo(1);
  }

  @Test
  void noMoreThanTheMostAreWritten() throws Exception {
    long[] handles = {World.engine().retain("one"), World.engine().retain(Cell.adopted(2))};
    assertThat(dump(1)).hasSize(1);
    assertThat(dump(0)).isEmpty();
    for (long handle : handles) {
      World.engine().release(handle);
    }
  }

  @Test
  void aNegativeMostIsRefused() {
    Path file = folder.resolve("none");
    assertThatThrownBy(() -> World.engine().dumpHandles(file, -1))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("max=-1: negative (expected 0 or more)");
    assertThat(file).doesNotExist();
  }

  @Test
  void anExistingFileIsLeftAsItIs() throws Exception {
    Path file = Files.writeString(folder.resolve("mine"), "mine");
    assertThatThrownBy(() -> World.engine().dumpHandles(file, 1))
        .isInstanceOf(IOException.class)
        .hasMessage("path=" + file + ": exists (expected the name of a new file)");
    assertThat(file).hasContent("mine");
  }

  @Test
  void handlesComeAndGoDuringADump() {
    Cell cell = Cell.adopted(1);
    Duel.fight(
        World.rounds(200),
        round -> {
          try {
            assertThat(dump(Long.MAX_VALUE)).allMatch(line -> !line.contains(" dead "));
          } catch (IOException e) {
            throw new UncheckedIOException(e);
          }
        },
        round -> {
          for (int i = 0; i < 100; i++) {
            World.engine().release(World.engine().retain(cell));
          }
        },
        round -> {});
    World.validate();
  }
}
