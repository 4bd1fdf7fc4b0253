package dev.holdfast.endtoend.app;

import dev.holdfast.Handle;
import dev.holdfast.Holdfast;
import dev.holdfast.endtoend.outside.Animal;
import dev.holdfast.endtoend.outside.Visitor;
import dev.holdfast.endtoend.support.Check;
import dev.holdfast.endtoend.support.Mirror;
import java.util.ArrayList;

/**
 * A managed subclass of an unmanaged class, subclasses outside {@code include} that write inherited
 * fields, and code outside that writes others' fields.
 */
@SuppressWarnings("unused") // fields that only C reads
public final class Inheritance {
  private Inheritance() {}

  /** Its superclass's fields have no place in the mirror. */
  public static class Dog extends Animal {
    public int tricks;
    protected Dog friend;
    protected double weight;

    public Dog(String name, int tricks) {
      super(name);
      this.tricks = tricks;
    }
  }

  static final class Named extends ArrayList<String> {
    private final String name;
    private int version;

    Named(String name) {
      this.name = name;
    }

    void bump() {
      version++;
    }
  }

  static final class Failure extends RuntimeException {
    private static final long serialVersionUID = 1;
    final int code;

    Failure(int code) {
      super("code " + code);
      this.code = code;
    }
  }

  public static void main(String[] args) throws Exception {
    Dog dog = new Dog("Rex", 3);
    dog.legs = 3; // the unmanaged superclass's
    dog.tricks++;
    Mirror.check(dog);

    // Outside include, but a subclass of a managed class: managed, and mirrored with all its
    // fields.
    Visitor.Puppy puppy = new Visitor.Puppy("Ace");
    puppy.learn(5);
    puppy.meet(dog);
    Mirror.checkAll(puppy, dog);
    Check.equal(5, puppy.tricks, "Java's own view");

    Visitor.teach(dog, 40);
    Visitor.teach(puppy, 41);
    Mirror.checkAll(puppy, dog);

    Named named = new Named("list");
    named.add("a");
    named.bump();
    Mirror.check(named);

    Failure failure = Check.class.isInterface() ? null : new Failure(7);
    Mirror.check(failure);
    try {
      throw new Failure(8);
    } catch (Failure caught) {
      Mirror.check(caught);
    }

    Animal plain = new Animal("plain");
    Check.that(!Holdfast.isManaged(plain), "the unmanaged superclass stays unmanaged");
    try (Handle handle = Holdfast.handle(plain);
        Handle again = Holdfast.handle(plain)) {
      Check.equal(handle, again, "one opaque handle for one object");
      Check.that(handle.get() == plain, "the opaque handle names its object");
    }
  }
}
