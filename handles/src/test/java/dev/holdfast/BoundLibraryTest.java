package dev.holdfast;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.Callback;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Methods that name objects: who holds which count, before, in and after the call. */
@Tag("own-jvm")
class BoundLibraryTest {
  /** The functions of {@code keeper.c}, with objects where C has handles. */
  interface Objects extends Library {
    int keeper_init();

    int keeper_count(Object object);

    Person keeper_give(Person person);

    @Borrowed
    Object keeper_lend(Object object);

    Object keeper_lend(Pointer nothing);

    void keeper_keep(Person person);

    void keeper_adopt(@Retained Object object);

    void keeper_adopt(@Retained Handle handle);

    void keeper_drop();

    @Borrowed
    Person keeper_kept();

    int keeper_find(HandleByReference out);

    void keeper_reverse(Object[] objects, int n);

    void keeper_reverse(Handle[] handles, int n);

    void keeper_fill(@Retained Person[] people, int n, Object last);

    int keeper_equal(Object a, Object b);

    void keeper_visit(Visitor visitor, Object object);

    int keeper_visit_elsewhere(Visitor visitor, Object object);

    @Borrowed
    Object keeper_choose(Giver giver, Object a, Object b);

    Giver keeper_second();

    void keeper_swap(Keeper.Pair pair);

    int keeper_no_such_function(@Retained Object object);

    default int counted(Object object) {
      return keeper_count(object) - 1; // the call's own
    }

    interface Visitor extends Callback {
      void visit(Person person);
    }

    interface Giver extends Callback {
      Object choose(Object a, Object b);
    }
  }

  interface Lending extends Library {
    Object keeper_choose(Lender lender, Object a, Object b);

    interface Lender extends Callback {
      @Borrowed
      Object choose(Object a, Object b);
    }
  }

  record Person(String name) {}

  private static final Objects LIB = Holdfast.load("keeper", Objects.class);

  private static final Lending LENDING = Holdfast.load("keeper", Lending.class);

  private final Person ann = new Person("Ann");
  private final Person bob = new Person("Bob");

  BoundLibraryTest() {
    assertThat(LIB.keeper_init()).isZero();
  }

  @AfterEach
  void nothingIsCountedAnyMore() {
    Eventually.allIsGivenBack();
  }

  // Parameters

  @Test
  void aParameterIsCountedForTheLengthOfTheCall() {
    assertThat(LIB.keeper_count(ann)).isEqualTo(1);
    assertThat(LIB.counted(ann)).isZero();
  }

  @Test
  void aFunctionThatCountsForItselfKeepsItsParameter() {
    LIB.keeper_keep(ann);
    assertThat(LIB.keeper_kept()).isSameAs(ann);
    assertThat(LIB.counted(ann)).isEqualTo(1);
    LIB.keeper_drop();
  }

  @Test
  void aRetainedParameterIsHandedOver() {
    LIB.keeper_adopt(ann);
    assertThat(LIB.counted(ann)).isEqualTo(1);
    assertThat(LIB.keeper_kept()).isSameAs(ann);
    LIB.keeper_drop();
  }

  @Test
  void aRetainedHandleStaysItsOwners() {
    try (Handle handle = Holdfast.handle(ann)) {
      LIB.keeper_adopt(handle);
      assertThat(LIB.counted(ann)).isEqualTo(2);
    }
    assertThat(LIB.counted(ann)).isEqualTo(1);
    LIB.keeper_drop();
  }

  @Test
  void nullIsNull() {
    assertThat(LIB.keeper_lend((Object) null)).isNull();
    assertThat(LIB.keeper_give(null)).isNull();
    LIB.keeper_adopt((Object) null);
    assertThat(LIB.keeper_kept()).isNull();
  }

  @Test
  void aCallThatDoesNotComeAboutHandsNothingOver() {
    assertThatThrownBy(() -> LIB.keeper_no_such_function(ann))
        .isInstanceOf(UnsatisfiedLinkError.class);
    Handle closed = Holdfast.handle(bob);
    closed.close();
    assertThatThrownBy(() -> LIB.keeper_adopt(closed)).isInstanceOf(IllegalStateException.class);
  }

  // Results

  @Test
  void aResultsCountIsGivenBackOnceItIsLookedUp() {
    assertThat(LIB.keeper_give(ann)).isSameAs(ann);
    assertThat(LIB.counted(ann)).isZero();
  }

  @Test
  void aBorrowedResultIsOnlyLookedUp() {
    LIB.keeper_keep(ann);
    assertThat(LIB.keeper_lend(ann)).isSameAs(ann);
    assertThat(LIB.keeper_kept()).isSameAs(ann);
    assertThat(LIB.counted(ann)).isEqualTo(1);
    LIB.keeper_drop();
  }

  @Test
  void aResultOfAnotherTypeIsRefusedAndNamed() {
    Object other = new Object();
    LIB.keeper_adopt(other);
    assertThatThrownBy(LIB::keeper_kept)
        .isInstanceOf(HoldfastException.class)
        .hasMessageMatching(
            "HF_ETYPE: Objects.keeper_kept, result \\(Person\\): handle 0x[0-9a-f]+ names a"
                + " java.lang.Object, not a .*Person");
    LIB.keeper_drop();
  }

  // Arrays and memory

  @Test
  void anArrayOfObjectsIsLentAndReadBack() {
    Object[] array = {ann, null, bob, "text"};
    LIB.keeper_reverse(array, array.length);
    assertThat(array).containsExactly("text", bob, null, ann);
    assertThat(LIB.counted(ann)).isZero();
  }

  @Test
  void aRetainedArrayHandsOverACountForEachElement() {
    Person[] array = {ann, ann, bob};
    LIB.keeper_fill(array, 0, null);
    assertThat(LIB.counted(ann)).isEqualTo(2);
    assertThat(LIB.counted(bob)).isEqualTo(1);
    for (Person person : array) {
      long bits = Holdfast.retain(person);
      Holdfast.release(bits);
      Holdfast.release(bits);
    }
  }

  @Test
  void anElementOfAnotherTypeIsRefusedAndNamed() {
    Person[] array = {ann};
    long bits = Holdfast.retain(ann);
    assertThatThrownBy(() -> LIB.keeper_fill(array, 1, "text"))
        .isInstanceOf(HoldfastException.class)
        .hasMessageContaining("Objects.keeper_fill, parameter 1 (Person[])");
    Holdfast.release(bits); // C has got what it keeps
    Holdfast.release(bits);
  }

  @Test
  void handlesInArraysStructsAndReferencesPassAsEver() {
    try (Handle a = Holdfast.handle(ann);
        Handle b = Holdfast.handle(bob)) {
      Handle[] array = {a, b};
      LIB.keeper_reverse(array, 2);
      assertThat(array).containsExactly(b, a);
      Keeper.Pair pair = new Keeper.Pair();
      pair.first = a;
      LIB.keeper_swap(pair);
      assertThat(pair.second.get()).isSameAs(ann);
      LIB.keeper_keep(ann);
      HandleByReference out = new HandleByReference();
      assertThat(LIB.keeper_find(out)).isZero();
      try (Handle found = out.take()) {
        assertThat(found.get()).isSameAs(ann);
      }
      LIB.keeper_drop();
      assertThat(LIB.counted(ann)).isEqualTo(1);
    }
  }

  // Callbacks

  @Test
  void aCallbackIsGivenObjects() {
    List<Object> seen = new ArrayList<>();
    LIB.keeper_visit(seen::add, ann);
    LIB.keeper_visit(seen::add, null);
    assertThat(LIB.keeper_visit_elsewhere(seen::add, bob)).isZero();
    assertThat(seen).containsExactly(ann, null, bob);
  }

  @Test
  void aCallbackObjectHasOneFunctionPointer() {
    List<Object> seen = new ArrayList<>();
    Objects.Visitor visitor = seen::add;
    Pointer first = Trampoline.lent(visitor, Objects.Visitor.class);
    assertThat(Trampoline.lent(visitor, Objects.Visitor.class)).isEqualTo(first);
  }

  @Test
  void functionsOfForgottenCallbackObjectsServeAgain() {
    Set<Pointer> functions = new HashSet<>();
    Eventually.holdsAfterCollections(
        "a function serves again",
        () -> {
          Object[] seen = new Object[1];
          Objects.Visitor visitor = person -> seen[0] = person;
          LIB.keeper_visit(visitor, ann);
          assertThat(seen).containsExactly(ann);
          return !functions.add(Trampoline.lent(visitor, Objects.Visitor.class));
        });
  }

  @Test
  void aCallbacksResultIsGivenToC() {
    Object made = new Object();
    assertThat(LIB.keeper_choose((a, b) -> made, ann, bob)).isSameAs(made);
    assertThat(LIB.counted(made)).isEqualTo(1);
    long bits = Holdfast.retain(made);
    Holdfast.release(bits);
    Holdfast.release(bits);
  }

  @Test
  void aCallbacksBorrowedResultIsLentToC() {
    Lending.Lender second = (a, b) -> b;
    try (Handle handle = Holdfast.handle(bob)) {
      Holdfast.retain(bob); // what keeper_choose's result is to hand over
      assertThat(LENDING.keeper_choose(second, ann, bob)).isSameAs(bob);
      assertThat(LIB.counted(bob)).isEqualTo(1);
      assertThat(handle.get()).isSameAs(bob);
    }
  }

  @Test
  void whatGoesWrongInACallbackIsToldWithItsPlace() {
    List<String> told = new ArrayList<>();
    var before = Native.getCallbackExceptionHandler();
    Native.setCallbackExceptionHandler((callback, e) -> told.add(e.getMessage()));
    try {
      LIB.keeper_visit(person -> {}, "no person");
      LIB.keeper_visit(
          person -> {
            throw new IllegalStateException("thrown");
          },
          ann);
      Lending.Lender dying = (a, b) -> new Person("nobody counts me");
      assertThat(LENDING.keeper_choose(dying, ann, bob)).isNull();
    } finally {
      Native.setCallbackExceptionHandler(before);
    }
    assertThat(told).hasSize(3);
    assertThat(told.get(0)).startsWith("HF_ETYPE: Visitor.visit, parameter 1 (Person): ");
    assertThat(told.get(1)).isEqualTo("thrown");
    assertThat(told.get(2)).startsWith("HF_EUNCOUNTED: Lender.choose, result (Object): ");
  }

  @Test
  void aFunctionPointerOfCsTakesAndGivesObjects() {
    Objects.Giver second = LIB.keeper_second();
    assertThat(second.choose(ann, bob)).isSameAs(bob);
    assertThat(LIB.counted(bob)).isZero();
    assertThat(second).isEqualTo(LIB.keeper_second()).hasToString(second.toString());
    LIB.keeper_keep(bob);
    assertThat(LIB.keeper_choose(second, ann, bob)).isSameAs(bob);
    LIB.keeper_drop();
    long bits = Holdfast.retain(bob); // the count that C's own function gave to C
    Holdfast.release(bits);
    Holdfast.release(bits);
  }

  // Mistakes in the mapping

  interface RetainedNumber extends Library {
    void keeper_count(Object object, @Retained int n);
  }

  interface BorrowedNumber extends Library {
    @Borrowed
    int keeper_count(Object object);
  }

  interface ArrayResult extends Library {
    Person[] keeper_all();
  }

  interface ArrayToCallback extends Library {
    void keeper_visit(Many many);

    interface Many extends Callback {
      void visit(Person[] people, int n);
    }
  }

  interface StructToCallback extends Library {
    void keeper_visit(One one);

    interface One extends Callback {
      void visit(Person person, Value value);
    }

    final class Value extends Structure implements Structure.ByValue {}
  }

  @Test
  void aMappingThatCannotBeIsRefusedAndNamed() {
    assertThat(refusal(RetainedNumber.class))
        .startsWith("RetainedNumber.keeper_count, parameter 2 (int): @Retained is for objects");
    assertThat(refusal(BorrowedNumber.class))
        .startsWith("BorrowedNumber.keeper_count, result (int): @Borrowed is for objects");
    assertThat(refusal(ArrayResult.class))
        .startsWith("ArrayResult.keeper_all, result (Person[]): C returns no arrays");
    assertThat(refusal(ArrayToCallback.class))
        .startsWith("Many.visit, parameter 1 (Person[]): C calls back with no array");
    assertThat(refusal(StructToCallback.class))
        .startsWith("One.visit, parameter 2 (Value): a callback that names objects cannot pass it");
  }

  private static <T extends Library> String refusal(Class<T> type) {
    try {
      Holdfast.load("keeper", type, Map.of());
      return "nothing";
    } catch (IllegalArgumentException e) {
      return e.getMessage();
    }
  }
}
