package dev.holdfast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.Native;
import java.util.concurrent.atomic.AtomicReference;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Who owns the count of a handle that crosses between Java and C, in each of JNA's contexts. */
@Tag("own-jvm")
class HandleOwnershipTest {
  private static final Keeper LIB = Keeper.load();

  private final Object object = new Object();

  @AfterEach
  void nothingIsCountedAnyMore() {
    Eventually.holds(
        "no count is left, but there are " + Holdfast.stats(),
        () -> Holdfast.stats().handlesCounted() == 0);
    assertThat(Holdfast.stats().overReleasesTotal()).isZero();
  }

  // From Java

  @Test
  void aHandleMadeByJavaIsOwned() {
    try (Handle handle = Holdfast.handle(object)) {
      assertThat(handle.isOwned()).isTrue();
      assertThat(handle.get()).isSameAs(object);
      assertThat(count(handle)).isEqualTo(1);
    }
  }

  @Test
  void closingTwiceGivesBackOneCount() {
    long bits = Holdfast.retain(object);
    Handle handle = Holdfast.handle(object);
    assertThat(handle.bits()).isEqualTo(bits);
    handle.close();
    handle.close();
    assertThat(LIB.keeper_count(bits)).isEqualTo(1);
    Holdfast.release(bits);
  }

  @Test
  void aClosedHandleSaysSo() {
    Handle handle = Holdfast.handle(object);
    handle.close();
    assertThatThrownBy(handle::bits).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(handle::get).isInstanceOf(IllegalStateException.class);
    assertThatThrownBy(() -> LIB.keeper_lend(handle))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageContaining("is closed");
    assertThat(handle.toString()).contains("closed");
  }

  @Test
  void aHandleThatIsLostIsGivenBackInTheEnd() {
    Handle[] lost = {Holdfast.handle(object)};
    assertThat(Holdfast.stats().handlesCounted()).isEqualTo(1);
    lost[0] = null;
    Eventually.holdsAfterCollections(
        "the lost handle is given back", () -> Holdfast.stats().handlesCounted() == 0);
  }

  @Test
  void closingAHandleWhoseCountSomebodyElseGaveBackSaysSo() {
    Handle handle = Holdfast.handle(object);
    Holdfast.release(handle.bits());
    assertThatThrownBy(handle::close)
        .isInstanceOf(HoldfastException.class)
        .hasMessageContaining("HF_ESTALE");
    handle.close();
  }

  @Test
  void handlesAreEqualIfTheyNameTheSameObject() {
    try (Handle a = Holdfast.handle(object);
        Handle b = Holdfast.handle(object);
        Handle c = Holdfast.handle(new Object())) {
      assertThat(a).isEqualTo(b).hasSameHashCodeAs(b).isNotEqualTo(c);
    }
  }

  // Results

  @Test
  void aResultIsOwned() {
    try (Handle handle = Holdfast.handle(object);
        Handle result = LIB.keeper_give(handle)) {
      assertThat(result.isOwned()).isTrue();
      assertThat(count(handle)).isEqualTo(2);
    }
  }

  @Test
  void aResultOfADirectMappedFunctionIsOwned() {
    try (Handle handle = Holdfast.handle(object);
        Handle result = Keeper.Direct.keeper_give(handle)) {
      assertThat(result.isOwned()).isTrue();
      assertThat(count(handle)).isEqualTo(2);
    }
  }

  @Test
  void aResultOfABorrowedMethodIsNotOwned() {
    try (Handle handle = Holdfast.handle(object)) {
      Handle result = LIB.keeper_lend(handle);
      assertThat(result.isOwned()).isFalse();
      assertThat(result.get()).isSameAs(object);
      result.close();
      assertThat(count(handle)).isEqualTo(1);
    }
  }

  @Test
  void aResultOfADirectMappedBorrowedMethodIsNotOwned() {
    try (Handle handle = Holdfast.handle(object);
        Handle result = Keeper.Direct.keeper_lend(handle)) {
      assertThat(result.isOwned()).isFalse();
      assertThat(count(handle)).isEqualTo(1);
    }
  }

  @Test
  void aResultOfAFunctionPointerIsOwned() {
    try (Handle a = Holdfast.handle(object);
        Handle b = Holdfast.handle("b");
        Handle result = LIB.keeper_second().choose(a, b)) {
      assertThat(result.isOwned()).isTrue();
      assertThat(result).isEqualTo(b);
      assertThat(count(b)).isEqualTo(2);
    }
  }

  @Test
  void aResultThatHasNoCountToGiveIsRefused() {
    Keeper.Mistaken mistaken = Native.load("keeper", Keeper.Mistaken.class);
    long stale = Holdfast.retain(object);
    Holdfast.release(stale);
    assertThatThrownBy(() -> mistaken.keeper_lend(stale))
        .isInstanceOfSatisfying(
            HoldfastException.class, e -> assertThat(e.statusName()).isEqualTo("HF_ESTALE"));
  }

  @Test
  void nullIsNullInBothDirections() {
    assertThat(Holdfast.handle(null)).isNull();
    assertThat(LIB.keeper_lend(null)).isNull();
    assertThat(LIB.keeper_give(null)).isNull();
    assertThat(Keeper.Direct.keeper_lend(null)).isNull();
  }

  // Callbacks

  @Test
  void aCallbacksParameterIsCountedForJava() {
    long bits = Holdfast.retain(object);
    AtomicReference<Handle> seen = new AtomicReference<>();
    LIB.keeper_visit(
        handle -> {
          assertThat(handle.isOwned()).isTrue();
          seen.set(handle);
        },
        bits);
    Holdfast.release(bits);
    try (Handle handle = seen.get()) {
      assertThat(handle.get()).isSameAs(object);
      assertThat(count(handle)).isEqualTo(1);
    }
  }

  @Test
  void aCallbacksParameterThatIsLostIsGivenBackInTheEnd() {
    try (Handle handle = Holdfast.handle(object)) {
      AtomicReference<Handle> lost = new AtomicReference<>();
      LIB.keeper_visit(lost::set, handle.bits());
      assertThat(count(handle)).isEqualTo(2);
      lost.set(null);
      Eventually.holdsAfterCollections(
          "the callback's handle is given back", () -> count(handle) == 1);
    }
  }

  @Test
  void aCallbackOnAThreadThatTheJvmDoesNotKnowIsCountedForJava() {
    AtomicReference<Handle> seen = new AtomicReference<>();
    try (Handle handle = Holdfast.handle(object)) {
      LIB.keeper_visit_elsewhere(seen::set, handle.bits());
      assertThat(seen.get().isOwned()).isTrue();
      assertThat(count(handle)).isEqualTo(2);
      seen.get().close();
    }
  }

  @Test
  void aCallbackRunsForAStaleHandleToo() {
    long stale = Holdfast.retain(object);
    Holdfast.release(stale);
    AtomicReference<Handle> seen = new AtomicReference<>();
    LIB.keeper_visit(seen::set, stale);
    assertThat(seen.get().isOwned()).isFalse();
    assertThatThrownBy(seen.get()::get)
        .isInstanceOf(HoldfastException.class)
        .hasMessageContaining("HF_ESTALE");
  }

  @Test
  void aCallbackPassedToADirectMappedFunctionBorrows() {
    AtomicReference<Handle> seen = new AtomicReference<>();
    try (Handle handle = Holdfast.handle(object)) {
      Keeper.Direct.keeper_visit(seen::set, handle.bits());
      assertThat(seen.get().isOwned()).isFalse();
      assertThat(seen.get().get()).isSameAs(object);
      assertThat(count(handle)).isEqualTo(1);
    }
  }

  @Test
  void aCallbacksResultIsLentToC() {
    try (Handle a = Holdfast.handle(object);
        Handle b = Holdfast.handle("b")) {
      try (Handle chosen = LIB.keeper_choose((x, y) -> chooseFirst(x, y, a), a, b)) {
        assertThat(chosen).isEqualTo(a);
      }
      assertThat(count(a)).isEqualTo(1);
      assertThat(count(b)).isEqualTo(1);
    }
  }

  private static Handle chooseFirst(Handle x, Handle y, Handle lent) {
    try (x;
        y) {
      assertThat(x).isEqualTo(lent);
      return lent;
    }
  }

  // Memory

  @Test
  void arrayElementsAreBorrowedAfterTheCall() {
    Handle a = Holdfast.handle(object);
    Handle b = Holdfast.handle("b");
    Handle[] array = {a, null, b};
    LIB.keeper_reverse(array, array.length);
    assertThat(array).containsExactly(b, null, a);
    assertThat(array[0].isOwned()).isFalse();
    assertThat(array[2].isOwned()).isFalse();
    array[0].close();
    array[2].close();
    assertThat(count(a)).isEqualTo(1);
    assertThat(count(b)).isEqualTo(1);
    a.close();
    b.close();
  }

  @Test
  void aStructKeepsTheHandlesThatCHasNotChanged() {
    try (Handle a = Holdfast.handle(object);
        Handle b = Holdfast.handle("b")) {
      Keeper.Pair pair = new Keeper.Pair();
      pair.first = a;
      pair.second = b;
      LIB.keeper_look(pair);
      assertThat(pair.first).isSameAs(a);
      assertThat(pair.second).isSameAs(b);
      assertThat(count(a)).isEqualTo(1);
    }
  }

  @Test
  void whatCWritesIntoAStructIsBorrowed() {
    try (Handle a = Holdfast.handle(object);
        Handle b = Holdfast.handle("b")) {
      Keeper.Pair pair = new Keeper.Pair();
      pair.first = a;
      pair.second = b;
      LIB.keeper_swap(pair);
      assertThat(pair.first).isEqualTo(b);
      assertThat(pair.first.isOwned()).isFalse();
      assertThat(pair.second.get()).isSameAs(object);
      pair.first.close();
      assertThat(count(b)).isEqualTo(1);
      pair.read();
      assertThat(count(a)).isEqualTo(1);
    }
  }

  @Test
  void anEmptyStructFieldIsNullAfterTheCall() {
    Keeper.Pair pair = new Keeper.Pair();
    LIB.keeper_swap(pair);
    assertThat(pair.first).isNull();
    assertThat(pair.second).isNull();
  }

  @Test
  void whatIsTakenFromAReferenceIsOwned() {
    try (Handle handle = Holdfast.handle(object)) {
      LIB.keeper_keep(handle);
    }
    HandleByReference out = new HandleByReference();
    assertThat(LIB.keeper_find(out)).isZero();
    assertThat(out.getValue().isOwned()).isFalse();
    try (Handle found = out.take()) {
      assertThat(found.isOwned()).isTrue();
      assertThat(found.get()).isSameAs(object);
      assertThat(count(found)).isEqualTo(2);
      assertThat(out.take()).isNull();
      assertThat(out.getValue()).isNull();
    }
    assertThat(LIB.keeper_kept().get()).isSameAs(object);
    LIB.keeper_drop();
  }

  @Test
  void structsAndReferencesOfDirectMappedFunctionsAreTheSame() {
    try (Handle handle = Holdfast.handle(object)) {
      Keeper.Pair pair = new Keeper.Pair();
      pair.first = handle;
      Keeper.Direct.keeper_swap(pair);
      assertThat(pair.second.isOwned()).isFalse();
      assertThat(pair.second.get()).isSameAs(object);
      Keeper.Direct.keeper_keep(handle);
      HandleByReference out = new HandleByReference();
      assertThat(Keeper.Direct.keeper_find(out)).isZero();
      try (Handle found = out.take()) {
        assertThat(count(found)).isEqualTo(3);
      }
      LIB.keeper_drop();
      assertThat(count(handle)).isEqualTo(1);
    }
  }

  @Test
  void aReferenceGivesBackTheHandleThatWasPutIn() {
    try (Handle handle = Holdfast.handle(object)) {
      HandleByReference reference = new HandleByReference(handle);
      assertThat(reference.getValue()).isSameAs(handle);
    }
  }

  private static int count(Handle handle) {
    return LIB.keeper_count(handle.bits());
  }
}
