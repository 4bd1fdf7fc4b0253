package dev.holdfast.endtoend.app;

import dev.holdfast.Handle;
import dev.holdfast.Holdfast;
import dev.holdfast.endtoend.support.Check;
import dev.holdfast.endtoend.support.Mirror;
import dev.holdfast.endtoend.support.Probe;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.List;

/**
 * C structs tied to Java objects: cycles through C, peers of two libraries, peers that call Java.
 */
public final class Bonds {
  private static final int CYCLES = 100;

  private Bonds() {}

  static final class Person {
    private final int age;

    Person(int age) {
      this.age = age;
    }

    int age() {
      return age;
    }
  }

  /** {@code leak}: ties one cycle by a count, which nobody can collect. */
  public static void main(String[] args) {
    if (args.length > 0) {
      cycle(0, 0);
      return;
    }
    heldCyclesAreCollected();
    countedCyclesAreNot();
    twoLibrariesHaveAPeerOfOneObject();
    aPeerCallsJavaAndReleases();
    Check.equal(0L, Holdfast.stats().peers(), "peers");
    Check.eventually(
        "only the counted cycle is counted", () -> Holdfast.stats().handlesCounted() == 1);
  }

  /** Java object, its C struct, the same Java object. */
  private static WeakReference<Person> cycle(int held, int library) {
    Person person = new Person(1);
    try (Handle handle = Holdfast.handle(person)) {
      Check.equal(0, Probe.C.probe_tie(handle.bits(), handle.bits(), held, library), "tied");
      Check.equal(handle.bits(), Probe.C.probe_tied_to(handle.bits(), library), "its target");
    }
    Mirror.check(person);
    return new WeakReference<>(person);
  }

  private static void heldCyclesAreCollected() {
    List<WeakReference<Person>> owners = new ArrayList<>();
    for (int i = 0; i < CYCLES; i++) {
      owners.add(cycle(1, 0));
    }
    Check.die(owners, "the owners of held cycles");
    Check.eventuallyAfterCollections("destroyed", () -> Probe.C.probe_destroyed(0) == CYCLES);
  }

  private static void countedCyclesAreNot() {
    WeakReference<Person> owner = cycle(0, 0);
    for (int i = 0; i < 5; i++) {
      System.gc();
    }
    Check.that(owner.get() != null, "a counted cycle stays");
    Check.equal(CYCLES, Probe.C.probe_destroyed(0), "destroyed");
    // so that its peer is not left
    try (Handle handle = Holdfast.handle(owner.get())) {
      Check.equal(0, Probe.C.probe_tie(handle.bits(), 0, 1, 0), "replaced");
    }
    Check.eventually("the replaced one is gone", () -> Probe.C.probe_destroyed(0) == CYCLES + 1);
    Check.dies(owner, "whose struct counts it no more");
    Check.eventuallyAfterCollections("destroyed", () -> Probe.C.probe_destroyed(0) == CYCLES + 2);
    Holdfast.retain(new Person(0)); // the one that main expects
  }

  private static void twoLibrariesHaveAPeerOfOneObject() {
    int before = Probe.C.probe_destroyed(0);
    List<WeakReference<Person>> both = new ArrayList<>();
    for (int i = 0; i < CYCLES; i++) {
      Person person = new Person(i);
      Person friend = new Person(i);
      try (Handle handle = Holdfast.handle(person);
          Handle other = Holdfast.handle(friend)) {
        Check.equal(0, Probe.C.probe_tie(handle.bits(), 0, 1, 0), "tied");
        Check.equal(0, Probe.C.probe_tie(handle.bits(), other.bits(), 1, 1), "tied");
        Check.equal(0L, Probe.C.probe_tied_to(handle.bits(), 0), "of one library");
        Check.equal(other.bits(), Probe.C.probe_tied_to(handle.bits(), 1), "of the other");
      }
      both.add(new WeakReference<>(person));
    }
    Check.die(both, "owners of two peers");
    Check.eventuallyAfterCollections(
        "each destroyed once",
        () ->
            Probe.C.probe_destroyed(0) == before + CYCLES && Probe.C.probe_destroyed(1) == CYCLES);
  }

  private static void aPeerCallsJavaAndReleases() {
    int before = Probe.C.probe_destroyed(1);
    List<WeakReference<Person>> friends = new ArrayList<>();
    for (int i = 0; i < CYCLES; i++) {
      friends.add(friendOfTheDead(i));
    }
    Check.eventuallyAfterCollections(
        "destroyed", () -> Probe.C.probe_destroyed(1) == before + CYCLES);
    Check.equal((long) CYCLES * (CYCLES - 1) / 2, Probe.C.probe_ages(), "ages, asked by peers");
    Check.die(friends, "what the peers have released");
  }

  private static WeakReference<Person> friendOfTheDead(int age) {
    Person friend = new Person(age);
    try (Handle handle = Holdfast.handle(new Person(-1));
        Handle other = Holdfast.handle(friend)) {
      Check.equal(0, Probe.C.probe_tie(handle.bits(), other.bits(), 0, 1), "tied");
    }
    return new WeakReference<>(friend);
  }
}
