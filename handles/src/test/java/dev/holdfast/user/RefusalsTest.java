package dev.holdfast.user;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import com.sun.jna.Callback;
import com.sun.jna.Library;
import com.sun.jna.Structure;
import dev.holdfast.Borrowed;
import dev.holdfast.Eventually;
import dev.holdfast.Handle;
import dev.holdfast.Holdfast;
import dev.holdfast.Retained;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Tag;
import org.junit.jupiter.api.Test;

/** What cannot be passed, and how it is said: the method and the parameter. */
@Tag("own-jvm")
class RefusalsTest {
  record Person(String name) {}

  interface Shapes extends Library {
    int counts_of(Object first, Object... more);

    int place_by_reference(Place place);

    @Borrowed
    Object kept_at(Handle[] handles);
  }

  interface Counter extends Callback {
    int count(Object object);
  }

  @Structure.FieldOrder({"a", "ref", "b"})
  public static final class Place extends Structure {
    public int a;
    public Handle ref;
    public int b;
  }

  private static final Shapes LIB = Holdfast.load("keeper", Shapes.class);

  private final Person ann = new Person("Ann");
  private final Person bob = new Person("Bob");

  @AfterEach
  void nothingIsCountedAnyMore() {
    Eventually.allIsGivenBack();
  }

  @Test
  void aClosedHandleIsRefusedAndNamed() {
    Handle closed = Holdfast.handle(ann);
    closed.close();
    assertThatThrownBy(() -> LIB.counts_of(bob, closed))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageMatching("Shapes.counts_of, parameter 2 \\(Object\\[]\\): handle .* is closed");
    assertThatThrownBy(() -> LIB.kept_at(new Handle[] {closed}))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageMatching("Shapes.kept_at, parameter 1 \\(Handle\\[]\\): handle .* is closed");
    Place place = new Place();
    place.ref = closed;
    assertThatThrownBy(() -> LIB.place_by_reference(place))
        .isInstanceOf(IllegalStateException.class)
        .hasMessageMatching("Shapes.place_by_reference: handle .* is closed");
  }

  @Structure.FieldOrder("person")
  public static final class Holder extends Structure {
    public Person person;
  }

  @Structure.FieldOrder("counter")
  public static final class Listening extends Structure {
    public Counter counter;
  }

  interface Listens extends Library {
    int place_by_reference(Listening listening);
  }

  @Test
  void whatAStructureCannotHoldIsRefusedAndNamed() {
    assertThatThrownBy(() -> new Holder().size())
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageContaining("Holder, field name 'person'");
    Listening listening = new Listening();
    listening.counter = object -> 1;
    assertThatThrownBy(() -> Holdfast.load("keeper", Listens.class).place_by_reference(listening))
        .isInstanceOf(IllegalArgumentException.class)
        .hasMessageStartingWith("Listens.place_by_reference: Structure field \"counter\"");
  }

  interface ArrayOfArrays extends Library {
    void call_one(int n, Person[][] people);
  }

  interface ArrayOfCallbacks extends Library {
    void call_one(Counter[] counters);
  }

  interface RetainedNumber extends Library {
    void call_one(Numbered numbered);

    interface Numbered extends Callback {
      void call(Person person, @Retained int number);
    }
  }

  interface BorrowedNumber extends Library {
    void call_one(Numbering numbering);

    interface Numbering extends Callback {
      @Borrowed
      int call(Person person);
    }
  }

  interface BoxedInCallback extends Library {
    void call_one(Boxed boxed);

    interface Boxed extends Callback {
      void call(Person person, Integer number);
    }
  }

  @Test
  void aMappingThatCannotBeIsRefusedAndNamed() {
    assertThatThrownBy(() -> Holdfast.load("keeper", ArrayOfArrays.class))
        .hasMessage(
            "ArrayOfArrays.call_one, parameter 2 (Person[][]): C takes no array of these:"
                + " declare a Pointer");
    assertThatThrownBy(() -> Holdfast.load("keeper", ArrayOfCallbacks.class))
        .hasMessageStartingWith("ArrayOfCallbacks.call_one, parameter 1 (Counter[]): ");
    assertThatThrownBy(() -> Holdfast.load("keeper", RetainedNumber.class))
        .hasMessageStartingWith("Numbered.call, parameter 2 (int): @Retained is for objects");
    assertThatThrownBy(() -> Holdfast.load("keeper", BorrowedNumber.class))
        .hasMessageStartingWith("Numbering.call, result (int): @Borrowed is for objects");
    assertThatThrownBy(() -> Holdfast.load("keeper", BoxedInCallback.class))
        .hasMessageStartingWith("Boxed.call, parameter 2 (Integer): ")
        .hasMessageEndingWith("declare a primitive");
  }
}
