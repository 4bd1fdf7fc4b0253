package dev.holdfast.table;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.Memory;
import dev.holdfast.collect.Engine;
import dev.holdfast.fixture.Cell;
import dev.holdfast.fixture.Probe;
import dev.holdfast.fixture.World;
import dev.holdfast.stats.Figures;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** C's {@code hf_stats} and Java's figures are the same totals, whoever has counted. */
@Tag("engine")
class TotalsTest {
  private static final int BYTES = 256;

  @BeforeAll
  static void start() {
    Probe.start();
  }

  private static Memory stats() {
    Memory stats = new Memory(BYTES);
    assertThat(Probe.probe_stats(stats)).isZero();
    return stats;
  }

  @Test
  void whatJavaAndCCountAddsUp() {
    Engine engine = World.engine();
    Memory before = stats();
    long handle = engine.retain(Cell.adopted(1));
    engine.release(engine.retain(engine.resolve(handle)));
    assertThat(Probe.probe_retain_release(handle, 5)).isZero();
    engine.release(handle);
    assertThatThrownBy(() -> engine.release(handle)).isInstanceOf(HandleException.class);
    assertThatThrownBy(() -> engine.resolve(handle)).isInstanceOf(HandleException.class);
    Memory after = stats();
    Figures figures = World.figures();
    assertThat(after.getLong(8) - before.getLong(8)).as("retains").isEqualTo(7);
    assertThat(after.getLong(16) - before.getLong(16)).as("releases").isEqualTo(7);
    assertThat(after.getLong(32) - before.getLong(32)).as("over-releases").isEqualTo(1);
    assertThat(after.getLong(40) - before.getLong(40)).as("uncounted uses").isEqualTo(1);
    assertThat(after.getLong(8)).isEqualTo(figures.retainsTotal());
    assertThat(after.getLong(16)).isEqualTo(figures.releasesTotal());
    assertThat(after.getLong(24)).isEqualTo(figures.staleUsesTotal());
  }

  @Test
  void theLastTypesNumberIsHowManyThereAre() {
    long handle = World.engine().retain(Cell.adopted(1));
    assertThat(Probe.probe_type_of(handle)).isPositive();
    long types = stats().getLong(120);
    assertThat(Probe.probe_is_type((int) types)).isTrue();
    assertThat(Probe.probe_is_type((int) types + 1)).isFalse();
    World.engine().release(handle);
  }
}
