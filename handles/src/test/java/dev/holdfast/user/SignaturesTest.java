package dev.holdfast.user;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.Callback;
import com.sun.jna.LastErrorException;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Structure;
import dev.holdfast.Borrowed;
import dev.holdfast.Eventually;
import dev.holdfast.Handle;
import dev.holdfast.Holdfast;
import dev.holdfast.HoldfastException;
import dev.holdfast.Retained;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.atomic.AtomicInteger;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** Methods of shapes that few libraries have, in interfaces that are nobody else's to see. */
@Tag("own-jvm")
class SignaturesTest {
  record Person(String name) {}

  interface Counts<T> extends Library {
    int call_one(Counter counter, T object);
  }

  interface Shapes extends Counts<Person> {
    int keeper_init();

    @Override
    int call_one(Counter counter, Person person);

    double sum_of(int n, Object... numbers);

    int counts_of(Object first, Object... more);

    int counts_of(Person... people);

    void keep_all(int n, @Retained Object... objects);

    @Borrowed
    Object kept_at(int i);

    void drop_all();

    int keep_and_fail(@Retained Object object) throws LastErrorException;

    int keep_and_throw(@Retained Object object);

    int hand_over(Taker taker, Object object);

    int call_two(Pairing pairing, Object a, Object b);

    int call_with_counter(WithCounter call);

    Counter the_counter();

    Sum the_sum();

    int place_by_reference(Place place);

    int place_by_value(Place.Value place);

    Person give_and_swap(Object given, Person[] element, Object other);
  }

  interface Counter extends Callback {
    int count(Object object);

    default int countAndTen(Object object) {
      return count(object) + 10;
    }
  }

  interface HandsOver extends Library {
    int hand_over(HandleTaker taker, Object object);
  }

  interface Taker extends Callback {
    int take(@Retained Person person);
  }

  interface HandleTaker extends Callback {
    int take(@Retained Handle handle);
  }

  interface Pairing extends Callback {
    int pair(Object a, Object b);
  }

  interface WithCounter extends Callback {
    int call(Counter counter, int more);
  }

  interface Sum extends Callback {
    double sum(int n, Object... numbers);
  }

  interface AlsoCounter extends Callback {
    int count(Object object);
  }

  interface Twice extends Counter, AlsoCounter {}

  @Structure.FieldOrder({"a", "ref", "b"})
  public static class Place extends Structure {
    public int a;
    public Handle ref;
    public int b;

    public static final class Value extends Place implements Structure.ByValue {}
  }

  private static final Shapes LIB = Holdfast.load("keeper", Shapes.class);

  private final Person ann = new Person("Ann");
  private final Person bob = new Person("Bob");

  SignaturesTest() {
    assertThat(LIB.keeper_init()).isZero();
  }

  @AfterEach
  void nothingIsCountedAnyMore() {
    Eventually.allIsGivenBack();
  }

  // A variable number of arguments

  @Test
  void ofAVariableNumberOfArgumentsEachGoesByWhatItIs() {
    assertThat(LIB.sum_of(3, 1.0, 2.5f, 3.0)).isEqualTo(6.5);
    assertThat(LIB.sum_of(0)).isZero();
    try (Handle handle = Holdfast.handle(bob)) {
      assertThat(LIB.counts_of(ann, handle, bob)).isEqualTo(122); // with the handle's own
    }
    assertThat(LIB.counts_of(ann, ann, ann)).isEqualTo(333);
    assertThat(LIB.counts_of(new Person[] {ann, bob, null, ann})).isEqualTo(21);
  }

  @Test
  void retainedOnesAreHandedOver() {
    LIB.keep_all(3, ann, null, bob);
    assertThat(LIB.kept_at(0)).isSameAs(ann);
    assertThat(LIB.kept_at(1)).isNull();
    assertThat(LIB.kept_at(2)).isSameAs(bob);
    LIB.drop_all();
  }

  @Test
  void aFunctionPointerMayTakeAVariableNumberToo() {
    assertThat(LIB.the_sum().sum(2, 1.5, 2.0)).isEqualTo(3.5);
  }

  // What C has been given is C's, whatever comes of the call

  @Test
  void aCallThatSetsErrnoHasHandedOver() {
    assertThatThrownBy(() -> LIB.keep_and_fail(ann)).isInstanceOf(LastErrorException.class);
    assertThat(LIB.kept_at(0)).isSameAs(ann);
    LIB.drop_all();
  }

  @Test
  void aCallThatThrowsHasHandedOver() {
    assertThatThrownBy(() -> LIB.keep_and_throw(ann))
        .isInstanceOf(IllegalStateException.class)
        .hasMessage("thrown by C");
    assertThat(LIB.kept_at(0)).isSameAs(ann);
    LIB.drop_all();
  }

  interface WrongResult extends Library {
    StringBuilder give_and_swap(Object given, Object[] element, Object other);
  }

  @Test
  void aResultOfAnotherTypeIsGivenBackAllTheSame() {
    WrongResult wrong = Holdfast.load("keeper", WrongResult.class);
    assertThatThrownBy(() -> wrong.give_and_swap(ann, new Object[1], bob))
        .isInstanceOf(HoldfastException.class)
        .hasMessageContaining("WrongResult.give_and_swap, result (StringBuilder)");
  }

  @Test
  void aResultIsGivenBackWhenAnElementIsOfAnotherType() {
    Person[] element = new Person[1];
    assertThat(LIB.give_and_swap(ann, element, bob)).isSameAs(ann);
    assertThat(element).containsExactly(bob);
    assertThatThrownBy(() -> LIB.give_and_swap(ann, element, "no person"))
        .isInstanceOf(HoldfastException.class)
        .hasMessageContaining("Shapes.give_and_swap, parameter 2 (Person[])");
  }

  // Callback objects

  private static final class Both implements Counter, Pairing {
    @Override
    public int count(Object object) {
      return 1;
    }

    @Override
    public int pair(Object a, Object b) {
      return 2;
    }
  }

  @Test
  void anObjectMayImplementTwoCallbacks() {
    Both both = new Both();
    assertThat(LIB.call_one(both, ann)).isEqualTo(1);
    assertThat(LIB.call_two(both, ann, bob)).isEqualTo(2);
  }

  private record Named(String name, AtomicInteger calls) implements Counter {
    @Override
    public int count(Object object) {
      return calls.incrementAndGet();
    }

    @Override
    public boolean equals(Object other) {
      return other instanceof Named named && named.name.equals(name);
    }

    @Override
    public int hashCode() {
      return name.hashCode();
    }
  }

  @Test
  void equalCallbacksAreDifferentFunctions() {
    Named first = new Named("same", new AtomicInteger());
    Named second = new Named("same", new AtomicInteger());
    assertThat(LIB.call_one(first, ann)).isEqualTo(1);
    assertThat(LIB.call_one(second, ann)).isEqualTo(1);
    assertThat(LIB.call_one(first, ann)).isEqualTo(2);
  }

  @Test
  void aMethodInheritedTwiceIsOne() {
    Twice twice = object -> 5;
    assertThat(LIB.call_one(twice, ann)).isEqualTo(5);
    assertThat(Holdfast.closure(Twice.class, twice)).satisfies(closure -> closure.abandon());
  }

  @Test
  void aCallbackIsGivenACallbackThatNamesObjects() {
    assertThat(LIB.call_with_counter((counter, more) -> counter.count(ann) + more)).isEqualTo(41);
  }

  @Test
  void functionPointersHaveTheirInterfacesDefaultMethods() {
    assertThat(LIB.the_counter().countAndTen(ann)).isEqualTo(11);
  }

  @Test
  void aListenerOfAnotherTypeIsRefusedAtOnce() {
    @SuppressWarnings({"unchecked", "rawtypes"})
    Class<Object> type = (Class) Comparator.class;
    assertThatThrownBy(() -> Holdfast.closure(type, "no comparator"))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessage("no java.util.Comparator: the listener is a java.lang.String");
  }

  @Test
  void aCallbacksRetainedParameterComesWithACount() {
    List<Object> taken = new ArrayList<>();
    assertThat(LIB.hand_over(person -> taken.add(person) ? 1 : 0, ann)).isOne();
    assertThat(taken.get(0)).isSameAs(ann);
    List<Throwable> told = new ArrayList<>();
    var before = Native.getCallbackExceptionHandler();
    Native.setCallbackExceptionHandler((callback, e) -> told.add(e));
    try {
      assertThat(LIB.hand_over(person -> 1, "no person")).isZero();
    } finally {
      Native.setCallbackExceptionHandler(before);
    }
    assertThat(told)
        .singleElement()
        .asString()
        .contains("HF_ETYPE: Taker.take, parameter 1 (Person)");
    HandleTaker closing =
        handle -> {
          try (handle) {
            return handle.isOwned() && handle.get() == ann ? 1 : 0;
          }
        };
    assertThat(Holdfast.load("keeper", HandsOver.class).hand_over(closing, ann)).isOne();
  }

  // Inheritance, structures

  @Test
  void aGenericInterfacesMethodIsTheOneThatItsHeirDeclares() {
    Counts<Person> general = LIB;
    assertThat(general.call_one(object -> object == ann ? 1 : 0, ann)).isOne();
  }

  @Test
  void jnaTakesItForALibraryOfItsOwn() {
    Shapes one = (Shapes) Native.synchronizedLibrary(LIB);
    assertThat(one.call_one(object -> object == ann ? 1 : 0, ann)).isOne();
  }

  @Test
  void aStructureGoesAsItsParameterIsDeclared() {
    try (Handle handle = Holdfast.handle(ann)) {
      Place.Value place = new Place.Value();
      place.a = 10;
      place.ref = handle;
      place.b = 20;
      assertThat(LIB.place_by_value(place)).isEqualTo(31);
      assertThat(LIB.place_by_reference(place)).isEqualTo(31);
    }
  }
}
