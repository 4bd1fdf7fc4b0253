package dev.holdfast.collect;

import static org.assertj.core.api.Assertions.assertThat;

import dev.holdfast.fixture.Cell;
import dev.holdfast.fixture.Probe;
import dev.holdfast.fixture.World;
import dev.holdfast.hook.Mirrors;
import java.util.ArrayList;
import java.util.List;

/**
 * Objects as a program and a C library hold them, and beside each what it must be: its number, its
 * link, its count, its handle.
 */
final class GraphModel {
  /** One object and what is known of it. {@code cell} is null while only C holds it. */
  private static final class Known {
    private final long handle;
    private Cell cell;
    private int number;
    private Known next;
    private int count;

    Known(Cell cell, int number) {
      this.cell = cell;
      this.number = number;
      this.handle = Mirrors.handleOf(cell);
    }
  }

  private final List<Known> all = new ArrayList<>();

  private Known some(long drawn) {
    return all.isEmpty() ? null : all.get((int) (drawn % all.size()));
  }

  private Known someInJava(long drawn) {
    Known known = some(drawn);
    return known == null || known.cell == null ? null : known;
  }

  void allocate(long drawn) {
    all.add(new Known(Cell.adopted((int) drawn), (int) drawn));
  }

  void link(long drawn) {
    Known from = someInJava(drawn);
    Known to = someInJava(drawn >>> 8);
    if (from != null && to != null) {
      from.cell.next(to.cell);
      from.next = to;
    }
  }

  void unlink(long drawn) {
    Known from = someInJava(drawn);
    if (from != null) {
      from.cell.next(null);
      from.next = null;
    }
  }

  void write(long drawn) {
    Known known = someInJava(drawn);
    if (known != null) {
      known.number = (int) (drawn >>> 5);
      known.cell.number(known.number);
    }
  }

  void retainInJava(long drawn) {
    Known known = someInJava(drawn);
    if (known != null) {
      assertThat(World.engine().retain(known.cell)).isEqualTo(known.handle);
      known.count++;
    }
  }

  void retainInC(long drawn) {
    Known known = some(drawn);
    if (known != null) {
      long answer = Probe.probe_retain(known.handle);
      assertThat(answer).isEqualTo(known.count > 0 ? known.handle : 0);
      known.count += known.count > 0 ? 1 : 0;
    }
  }

  void releaseInC(long drawn) {
    Known known = some(drawn);
    if (known != null && known.count > 0) {
      Probe.probe_release(known.handle);
      known.count--;
      forgetIfUnheld(known);
    }
  }

  void releaseInJava(long drawn) {
    Known known = some(drawn);
    if (known != null && known.count > 0) {
      World.engine().release(known.handle);
      known.count--;
      forgetIfUnheld(known);
    }
  }

  /** Java lets go. What another object links to lives on, but nobody here can name it. */
  void drop(long drawn) {
    Known known = someInJava(drawn);
    if (known != null) {
      known.cell = null;
      forgetIfUnheld(known);
    }
  }

  private void forgetIfUnheld(Known known) {
    if (known.cell == null && known.count == 0) {
      all.remove(known);
    }
  }

  void takeBack(long drawn) {
    Known known = some(drawn);
    if (known != null && known.count > 0) {
      known.cell = (Cell) World.engine().resolve(known.handle);
    }
  }

  void move(long drawn) {
    World.engine().moveSome();
  }

  void collect(long drawn) {
    World.collect();
  }

  void check() {
    World.validate();
    for (Known known : all) {
      Cell cell = known.cell != null ? known.cell : (Cell) World.engine().resolve(known.handle);
      assertThat(Mirrors.handleOf(cell)).isEqualTo(known.handle);
      assertThat(World.engine().count(known.handle)).isEqualTo(known.count);
      assertThat(cell.number()).isEqualTo(known.number);
      assertThat(Probe.probe_get_i32(known.handle, Cell.NUMBER)).isEqualTo(known.number);
      long next = known.next == null ? 0 : known.next.handle;
      assertThat(cell.next() == null ? 0 : Mirrors.handleOf(cell.next())).isEqualTo(next);
      assertThat(Probe.probe_get_ref(known.handle, Cell.NEXT)).isEqualTo(next);
      assertThat(World.engine().verify(cell)).isEmpty();
    }
  }

  void giveAllBack() {
    for (Known known : all) {
      if (known.count > 0) {
        assertThat(Probe.probe_release_n(known.handle, known.count)).isZero();
      }
    }
  }
}
