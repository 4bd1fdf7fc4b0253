package dev.holdfast.endtoend.outside;

import dev.holdfast.endtoend.app.Inheritance.Dog;

/** Writes fields of managed classes from outside. */
@SuppressWarnings("unused") // fields that only C reads
public final class Visitor {
  private Visitor() {}

  /** Not selected by name, but by its superclass. */
  public static final class Puppy extends Dog {
    private long age = 1;
    private Puppy sibling;

    public Puppy(String name) {
      super(name, 0);
      weight = 2.5;
      sibling = this;
    }

    /** The constant pool names Puppy as the owner of Dog's field. */
    public void learn(int more) {
      tricks += more;
      weight = weight * 2 + age;
      age++;
    }

    public void meet(Dog other) {
      friend = other;
      sibling = null;
    }
  }

  public static void teach(Dog dog, int tricks) {
    dog.tricks = tricks;
    dog.legs = tricks;
  }
}
