package dev.holdfast.endtoend.app;

import dev.holdfast.Handle;
import dev.holdfast.Holdfast;
import dev.holdfast.endtoend.support.Check;
import dev.holdfast.endtoend.support.Mirror;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.ArrayBlockingQueue;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.atomic.AtomicReference;

/**
 * Constructors that show {@code this} to others, who write its fields and hand it to C before the
 * constructor has ended.
 */
public final class LeakedThis {
  private static final BlockingQueue<Leaky> LEAKED = new ArrayBlockingQueue<>(1);
  private static final BlockingQueue<Leaky> SEEN = new ArrayBlockingQueue<>(1);

  private LeakedThis() {}

  static class Leaky {
    int before;
    volatile int during;
    int after;
    Leaky self;
    final int last;

    Leaky(int number) throws InterruptedException {
      before = number;
      LEAKED.put(this);
      after = number + 1;
      SEEN.take();
      self = this;
      after = number + 2;
      last = number;
    }
  }

  /** Leaks by calling what a subclass overrides. */
  abstract static class Base {
    int base = 1;

    Base() {
      init();
    }

    abstract void init();
  }

  static final class Derived extends Base {
    static Derived latest;
    int early;
    int own = 5;

    @Override
    void init() {
      early = 3;
      own = 4; // its initialiser runs later
      latest = this;
      try (Handle handle = Holdfast.handle(this)) {
        Check.that(handle.get() == this, "a handle from inside the constructor");
      }
      early++;
    }
  }

  /** Never comes to life, but was seen. */
  static final class Stillborn {
    static final AtomicReference<Stillborn> SEEN = new AtomicReference<>();
    int field = 9;

    Stillborn() {
      SEEN.set(this);
      field = 10;
      throw new IllegalStateException("no");
    }
  }

  public static void main(String[] args) throws Exception {
    List<Leaky> all = new ArrayList<>();
    Thread maker =
        new Thread(
            () -> {
              try {
                for (int i = 0; i < 100; i++) {
                  all.add(new Leaky(i));
                }
              } catch (InterruptedException e) {
                throw new AssertionError(e);
              }
            });
    maker.setDaemon(true);
    maker.start();
    for (int i = 0; i < 100; i++) {
      Leaky leaked = LEAKED.take();
      leaked.during = i + 1000;
      long bits = i % 2 == 0 ? Holdfast.retain(leaked) : 0;
      leaked.during = i + 1001;
      SEEN.put(leaked);
      Holdfast.release(bits);
    }
    Check.join(maker);
    for (Leaky leaky : all) {
      Check.equal(leaky.last + 1001, leaky.during, "the other thread's write");
      Check.that(leaky.self == leaky, "self");
      Mirror.check(leaky);
    }
    Derived derived = new Derived();
    Check.that(Derived.latest == derived, "the very object");
    Check.equal(5, derived.own, "own field");
    Mirror.check(derived);

    Check.fails(IllegalStateException.class, Stillborn::new);
    Stillborn stillborn = Stillborn.SEEN.get();
    Check.equal(10, stillborn.field, "the field of one that failed");
    stillborn.field = 11;
    Mirror.check(stillborn);
  }
}
