package com.acme.modular;

import com.sun.jna.Callback;
import com.sun.jna.Library;
import com.sun.jna.Native;
import com.sun.jna.Pointer;
import com.sun.jna.Structure;
import com.sun.jna.ptr.PointerByReference;
import dev.holdfast.Borrowed;
import dev.holdfast.Handle;
import dev.holdfast.Holdfast;
import dev.holdfast.Retained;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;

/** People in a binary tree of C's own library, with nothing that is public. */
final class People {
  private interface Tree extends Library {
    Pointer tsearch(@Retained Person key, PointerByReference root, Order order);

    Pointer tfind(Person key, PointerByReference root, Pointer order);

    void twalk_r(Pointer root, Visit visit, Object seen);

    void tdestroy(Pointer root, Pointer destroy);

    int pthread_key_create(int[] key, Pointer destroy);

    interface Order extends Callback {
      int compare(Person a, Person b);
    }

    interface Visit extends Callback {
      void visit(Pointer node, int which, List<Person> seen);
    }
  }

  private interface ByClosure {
    int compare(Object a, Object b);
  }

  private static final class Direct {
    static {
      Native.register(Direct.class, "c");
    }

    static native int pthread_setspecific(int key, Handle handle);

    @Borrowed
    static native Handle pthread_getspecific(int key);
  }

  @Structure.FieldOrder("person")
  public static final class Holder extends Structure {
    public Handle person;
  }

  private static final int POSTORDER = 1; // of enum VISIT
  private static final int LEAF = 3;

  private final Tree tree = Holdfast.load("c", Tree.class);

  /** As C has them in order. */
  List<Person> sorted(List<Person> people, Comparator<Person> order) {
    PointerByReference root = new PointerByReference();
    for (Person person : people) {
      if (tree.tsearch(person, root, order::compare) == null) {
        throw new AssertionError("no memory for " + person);
      }
    }
    List<Person> seen = new ArrayList<>();
    tree.twalk_r(
        root.getValue(),
        (node, which, list) -> {
          if (which == POSTORDER || which == LEAF) {
            list.add(Holdfast.resolve(node.getLong(0), Person.class));
          }
        },
        seen);
    var closure =
        Holdfast.closure(ByClosure.class, (a, b) -> order.compare((Person) a, (Person) b));
    for (Person person : people) {
      Pointer node = tree.tfind(person, root, closure.function());
      if (Holdfast.resolve(node.getLong(0), Person.class) != person) {
        throw new AssertionError(person + " is not found");
      }
    }
    closure.abandon();
    tree.tdestroy(root.getValue(), Holdfast.releaseFunction());
    return seen;
  }

  /** Through a structure's field and a directly mapped function. */
  Object thereAndBack(Person person) {
    try (Handle handle = Holdfast.handle(person)) {
      Holder holder = new Holder();
      holder.person = handle;
      holder.write();
      holder.person = null;
      holder.read();
      int[] key = new int[1];
      if (tree.pthread_key_create(key, null) != 0
          || Direct.pthread_setspecific(key[0], holder.person) != 0) {
        throw new AssertionError("no key");
      }
      Object back = Direct.pthread_getspecific(key[0]).get();
      Direct.pthread_setspecific(key[0], null);
      return back;
    }
  }
}
