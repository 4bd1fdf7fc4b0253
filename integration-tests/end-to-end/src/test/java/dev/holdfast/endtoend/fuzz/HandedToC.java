package dev.holdfast.endtoend.fuzz;

import dev.holdfast.Holdfast;
import dev.holdfast.endtoend.fuzz.model.Cell;
import dev.holdfast.endtoend.support.Check;
import dev.holdfast.endtoend.support.Mirror;
import dev.holdfast.endtoend.support.Probe;
import java.lang.management.ManagementFactory;
import java.util.Collection;
import java.util.List;
import javax.management.JMException;
import javax.management.MBeanServer;
import javax.management.ObjectName;

/** C code that reads and holds, in {@code exchange.c}, and the checks of Holdfast itself. */
final class HandedToC implements Outside {
  private static final int READERS = 2;
  private static final int HOLDERS = 2;
  private static final int LOOKED_AT_THOROUGHLY = 40;

  private final MBeanServer server = ManagementFactory.getPlatformMBeanServer();

  HandedToC() {
    Check.equal(0, Probe.C.probe_status(), "the runtime");
    Check.eventually(
        "the MBean of the collector", () -> !server.queryNames(collector(), null).isEmpty());
  }

  @Override
  public void begin(long seed) {
    int status =
        Probe.C.probe_exchange_start(Cell.class.getName(), PLACES, READERS, HOLDERS, (int) seed);
    Check.equal(0, status, "C's threads have started");
  }

  @Override
  public void offer(int place, Cell cell) {
    Probe.C.probe_exchange_offer(place, Holdfast.retain(cell));
  }

  @Override
  public void take(int place) {
    long bits = Probe.C.probe_exchange_take(place);
    if (bits != 0) {
      Cell cell = Holdfast.take(bits, Cell.class);
      Check.equal(Cell.checkOf(cell.id), cell.check, "check of what C gave back");
    }
  }

  @Override
  public void sync(Cell cell) {
    Holdfast.sync(cell);
  }

  @Override
  public void lookAt(Cell cell) {
    long bits = Holdfast.retain(cell);
    Check.that(Holdfast.resolve(bits, Cell.class) == cell, "a handle names its object");
    Holdfast.release(bits);
  }

  @Override
  public void check(Collection<Object> live, boolean thoroughly) {
    for (Object object : live) {
      // Objects that were stored before they had a mirror are shown a little later.
      Check.eventually(
          () -> object.getClass().getSimpleName() + ": " + Holdfast.verify(object),
          () -> Holdfast.verify(object).isEmpty());
    }
    Check.equal(List.of(), validate(), "invariants that do not hold");
    if (thoroughly) {
      live.stream().limit(LOOKED_AT_THOROUGHLY).forEach(Mirror::check);
    }
  }

  @Override
  public void end() {
    long looks = Probe.C.probe_exchange_stop();
    Check.that(looks > 0, "C: " + looks + " " + Probe.C.probe_exchange_failure());
    Check.eventually("nothing is counted", () -> Holdfast.stats().handlesCounted() == 0);
    Check.equal(0L, Holdfast.stats().overReleasesTotal(), "over-releases");
    Check.equal(0L, Holdfast.stats().unmirroredTotal(), "objects that the arena refused");
  }

  private List<String> validate() {
    try {
      return List.of((String[]) server.invoke(collector(), "validate", null, null));
    } catch (JMException e) {
      throw new AssertionError(e);
    }
  }

  private static ObjectName collector() {
    try {
      return new ObjectName("dev.holdfast:type=Collector");
    } catch (JMException e) {
      throw new AssertionError(e);
    }
  }
}
