package dev.holdfast.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fixture.Cell;
import dev.holdfast.fixture.Everything;
import dev.holdfast.fixture.Managed;
import dev.holdfast.fixture.Probe;
import dev.holdfast.fixture.World;
import dev.holdfast.table.Status;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** C follows reference fields of counted objects. */
@Tag("engine")
class FieldReadsTest {
  private final Cell cell = Managed.adopted(new Cell(1));
  private long handle;

  @BeforeAll
  static void start() {
    Probe.start();
  }

  @BeforeEach
  void count() {
    handle = World.engine().retain(cell);
  }

  @AfterEach
  void giveBack() {
    World.engine().release(handle);
    World.validate();
  }

  @Test
  void fieldOfAnotherClassIsRefusedAsOneOfAnotherTypeIs() {
    Object other = Managed.adopted(new Everything(7, Everything.Color.BLUE));
    long field = Managed.field(other.getClass(), "aReference");
    assertThat(Probe.probe_retain_field(handle, field)).isZero();
    assertThat(Probe.probe_status()).isEqualTo(Status.ETYPE);
    assertThat(Probe.probe_retain_field(handle, 0)).isZero();
    assertThat(Probe.probe_status()).isEqualTo(Status.ETYPE);
    assertThat(Probe.probe_retain_field(handle, Cell.NUMBER)).isZero();
    assertThat(Probe.probe_status()).isEqualTo(Status.ETYPE);
  }

  @Test
  void stepIsFollowedAsOftenAsItsUnsignedNumberSays() {
    long[] path = {Cell.NEXT};
    assertThat(World.engine().reads().retainPath(handle, path, new int[] {1})).isZero();
    assertThat(World.engine().reads().retainPath(handle, path, new int[] {1 << 31})).isZero();
    assertThat(World.engine().reads().retainPath(handle, path, new int[] {-1})).isZero();
  }
}
