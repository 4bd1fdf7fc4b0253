package dev.holdfast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import java.io.IOException;
import java.io.InputStream;
import java.lang.ref.WeakReference;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.function.IntBinaryOperator;
import java.util.function.Supplier;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Callbacks that a C library keeps for as long as it likes, and Java does not. */
@Tag("own-jvm")
class ClosureTest {
  private static final int MANY = 10_000;

  interface Subscribers extends Library {
    int subscribe(Pointer function, Pointer data, Pointer destroy);

    long publish(int event);

    long publish_elsewhere(int event);

    int unsubscribe(int from, int n);

    long publish_and_forget(int event);

    int call_bare(Pointer function, int event, Object data);
  }

  interface Listener {
    int heard(int event, Closure context);
  }

  interface Late {
    int call(int event, Object data);
  }

  private static final Subscribers LIB = Holdfast.load("keeper", Subscribers.class);

  @AfterEach
  void nothingIsCountedAnyMore() {
    LIB.unsubscribe(0, 2 * MANY);
    LIB.publish_and_forget(0);
    Eventually.holds(
        "no count is left, but there are " + Holdfast.stats(),
        () -> Holdfast.stats().handlesCounted() == 0);
    assertThat(Holdfast.stats().overReleasesTotal()).isZero();
  }

  private static int subscribe(Listener listener) {
    Closure closure = Holdfast.closure(Listener.class, listener);
    return LIB.subscribe(closure.function(), closure.context(), closure.destroy());
  }

  @Test
  void aLibraryKeepsTenThousandWhileTheJvmCollects() {
    AtomicInteger heard = new AtomicInteger();
    List<WeakReference<Listener>> listeners = new ArrayList<>();
    for (int i = 0; i < MANY; i++) {
      int mine = i;
      Listener listener =
          (event, context) -> {
            if (heard.incrementAndGet() % 500 == 0) {
              System.gc();
            }
            return event * mine;
          };
      listeners.add(new WeakReference<>(listener));
      subscribe(listener);
      if (i % 200 == 0) {
        System.gc();
      }
    }
    long sum = (long) MANY * (MANY - 1) / 2;
    assertThat(LIB.publish(3)).isEqualTo(3 * sum);
    assertThat(LIB.publish_elsewhere(2)).isEqualTo(2 * sum);
    assertThat(Holdfast.stats().handlesCounted()).isEqualTo(MANY);
    assertThat(LIB.unsubscribe(0, MANY / 2)).isEqualTo(MANY / 2);
    long firstHalf = (long) MANY / 2 * (MANY / 2 - 1) / 2;
    assertThat(LIB.publish(1)).isEqualTo(sum - firstHalf);
    assertThat(LIB.publish_and_forget(1)).isEqualTo(sum - firstHalf);
    assertThat(heard).hasValue(2 * MANY + MANY / 2 + MANY / 2);
    Eventually.holdsAfterCollections(
        "the listeners that C has forgotten are collected",
        () -> listeners.stream().allMatch(each -> each.refersTo(null)));
  }

  @Test
  void aListenerIsGivenItsOwnClosure() {
    List<Closure> seen = new ArrayList<>();
    Closure closure =
        Holdfast.closure(
            Listener.class,
            (event, context) -> {
              seen.add(context);
              return 0;
            });
    LIB.subscribe(closure.function(), closure.context(), closure.destroy());
    LIB.publish(1);
    assertThat(seen).containsExactly(closure);
  }

  @Test
  void aClosureMayDieInItsOwnCall() {
    AtomicInteger heard = new AtomicInteger();
    for (int i = 0; i < 20; i++) {
      int[] number = new int[1];
      number[0] =
          subscribe(
              (event, context) -> {
                assertThat(LIB.unsubscribe(number[0], 1)).isEqualTo(1);
                System.gc();
                return heard.incrementAndGet();
              });
    }
    assertThat(LIB.publish(1)).isEqualTo(20 * 21 / 2);
    assertThat(LIB.publish(1)).isZero();
  }

  @Test
  void whatIsThrownBecomesZero() {
    subscribe(
        (event, context) -> {
          throw new IllegalStateException("a listener's own");
        });
    var before = Native.getCallbackExceptionHandler();
    List<Throwable> told = new ArrayList<>();
    Native.setCallbackExceptionHandler((callback, e) -> told.add(e));
    try {
      assertThat(LIB.publish(1)).isZero();
    } finally {
      Native.setCallbackExceptionHandler(before);
    }
    assertThat(told).singleElement().isInstanceOf(IllegalStateException.class);
  }

  @Test
  void trampolinesOfDeadClosuresServeAgain() {
    Set<Pointer> functions = new HashSet<>();
    for (int round = 0; round < 5; round++) {
      for (int i = 0; i < 10; i++) {
        Closure closure = Holdfast.closure(IntBinaryOperator.class, Integer::sum);
        functions.add(closure.function());
        closure.abandon();
      }
      Eventually.holdsAfterCollections(
          "ten trampolines wait for closures",
          () -> Trampoline.waiting(IntBinaryOperator.class) == functions.size());
    }
    assertThat(functions).hasSizeLessThanOrEqualTo(10);
  }

  /** A class as another class loader has it, which makes a closure of its own interface. */
  public static final class Guest implements Supplier<Closure> {
    interface Own {
      int call(Object object);
    }

    @Override
    public Closure get() {
      return Holdfast.closure(Own.class, object -> 1);
    }
  }

  @Test
  @SuppressWarnings("unchecked")
  void anInterfacesClassLoaderIsNotKept() throws Exception {
    ClassLoader other = new OtherLoader(Guest.class);
    Closure closure =
        ((Supplier<Closure>)
                other.loadClass(Guest.class.getName()).getDeclaredConstructor().newInstance())
            .get();
    assertThat(closure.toString()).contains("Own at 0x");
    closure.abandon();
    closure = null;
    WeakReference<ClassLoader> watched = new WeakReference<>(other);
    other = null;
    Eventually.holdsAfterCollections("the loader is collected", () -> watched.refersTo(null));
  }

  /** Loads a class and those nested in it for itself. */
  private static final class OtherLoader extends ClassLoader {
    private final String own;

    OtherLoader(Class<?> own) {
      super(own.getClassLoader());
      this.own = own.getName();
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
      Class<?> loaded = findLoadedClass(name);
      if (loaded != null || !name.startsWith(own)) {
        return loaded != null ? loaded : super.loadClass(name, resolve);
      }
      try (InputStream file = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
        byte[] bytes = file.readAllBytes();
        return defineClass(name, bytes, 0, bytes.length);
      } catch (IOException e) {
        throw new ClassNotFoundException(name, e);
      }
    }
  }

  @Test
  void aCallAfterTheContextIsDestroyedIsAnsweredWithZero() {
    Closure closure = Holdfast.closure(Late.class, (event, data) -> event);
    Pointer function = closure.function();
    assertThat(LIB.call_bare(function, 7, null)).isEqualTo(7);
    closure.abandon();
    closure = null;
    Eventually.holdsAfterCollections("it is dead", () -> Trampoline.waiting(Late.class) == 1);
    assertThat(LIB.call_bare(function, 7, null)).isZero();
  }

  @Test
  @SuppressWarnings({"unchecked", "rawtypes"})
  void aComparatorHasTheShapeOfACFunction() {
    Closure closure = Holdfast.closure(Comparator.class, Comparator.<String>naturalOrder());
    Compare compare = Holdfast.load("keeper", Compare.class);
    assertThat(compare.compare(closure.function(), "a", "b")).isNegative();
    assertThat(compare.compare(closure.function(), "b", "a")).isPositive();
    closure.abandon();
  }

  interface Compare extends Library {
    int compare(Pointer comparator, Object a, Object b);
  }

  @Test
  void whatIsNoFunctionIsRefused() {
    assertThatThrownBy(() -> Holdfast.closure(List.class, List.of()))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("java.util.List is no interface with one method");
    assertThatThrownBy(() -> Holdfast.closure(Listener.class, null))
        .isInstanceOf(IllegalArgumentException.class);
  }
}
