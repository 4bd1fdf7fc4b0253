package dev.holdfast.endtoend.app;

import dev.holdfast.Holdfast;
import dev.holdfast.endtoend.support.Check;
import dev.holdfast.endtoend.support.Mirror;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.lang.reflect.Method;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/**
 * Objects made and fields written by reflection, method handles, {@code Unsafe} and updaters; and
 * what reflection shows of managed classes. The argument is {@link #members} in a JVM without
 * Holdfast.
 */
@SuppressWarnings("unused") // fields that only C and reflection read
public final class Reflection {
  private Reflection() {}

  @Deprecated
  public static class Plain {
    public int number;
    protected String text;
    private volatile Plain other;
    volatile int counter;
    static long shared = 3;

    public Plain() {}

    public Plain(int number) {
      this.number = number;
    }
  }

  public static final class Derived extends Plain {
    private boolean flag;

    public Derived() {
      super(8);
    }

    private void unused() {
      flag = true;
    }
  }

  public record Point(int x, int y) {}

  public static void main(String[] args) throws Throwable {
    // The JDK's readers of annotations have fields of their own to hide from reflection.
    Check.that(Reflection.class.getAnnotations().length == 0, "no annotations");
    Check.that(Plain.class.isAnnotationPresent(Deprecated.class), "an annotation");
    List<String> here = members();
    List<String> elsewhere = Arrays.asList(args[0].split(";"));
    Check.equal(elsewhere, here, "the members that reflection shows");

    objects();
    writes();
    byFieldUpdaters();
  }

  /** Fields, methods, constructors and record components of the classes above. */
  public static List<String> members() {
    List<String> members = new ArrayList<>();
    for (Class<?> type : List.of(Plain.class, Derived.class, Point.class)) {
      List<String> some = new ArrayList<>();
      for (Field field : type.getDeclaredFields()) {
        some.add(field.toString());
      }
      for (Method method : type.getDeclaredMethods()) {
        some.add(method.toString());
      }
      for (Constructor<?> constructor : type.getDeclaredConstructors()) {
        some.add(constructor.toString());
      }
      for (Field field : type.getFields()) {
        some.add("public " + field);
      }
      some.sort(null);
      members.addAll(some);
      members.add(type.getName() + " " + type.getModifiers() + " " + type.isRecord());
    }
    return members;
  }

  private static void objects() throws Throwable {
    Plain made = Plain.class.getConstructor(int.class).newInstance(5);
    MethodHandles.Lookup lookup = MethodHandles.lookup();
    MethodHandle constructor =
        lookup.findConstructor(Derived.class, MethodType.methodType(void.class));
    Derived derived = (Derived) constructor.invokeExact();
    Point point = Point.class.getDeclaredConstructor(int.class, int.class).newInstance(1, 2);
    Plain raw = (Plain) allocated(Plain.class);
    raw.number = 6;
    raw.other = made;
    Plain invoked = (Plain) constructor.invoke();
    invoked.other = raw;
    Mirror.checkAll(made, derived, point, raw, invoked);
  }

  private static void writes() throws ReflectiveOperationException {
    Plain plain = new Plain(1);
    Plain target = new Plain(2);
    long bits = Holdfast.retain(plain);
    Field number = Plain.class.getField("number");
    number.setInt(plain, 44);
    // No byte code showed it: the next hand-over, or sync, heals.
    Mirror.check(plain);
    number.setInt(plain, 45);
    Holdfast.sync(plain);
    Check.equal(List.of(), Holdfast.verify(plain), "verify after sync");

    VarHandle other =
        MethodHandles.privateLookupIn(Plain.class, MethodHandles.lookup())
            .findVarHandle(Plain.class, "other", Plain.class);
    other.setVolatile(plain, target);
    Mirror.check(plain);
    Check.that(other.compareAndSet(plain, target, null), "compareAndSet");
    Mirror.check(plain);
    Holdfast.release(bits);
  }

  private static void byFieldUpdaters() {
    Plain plain = new Plain(1);
    Mirror.check(plain);
    AtomicIntegerFieldUpdater.newUpdater(Plain.class, "counter").addAndGet(plain, 7);
    AtomicReferenceFieldUpdater.newUpdater(Plain.class, Plain.class, "other")
        .set(plain, new Plain(9));
    Mirror.check(plain);
    Mirror.check(plain.other);
  }

  /** Without a constructor. By reflection, because compilers warn of the class's name. */
  private static Object allocated(Class<?> type) throws ReflectiveOperationException {
    Class<?> unsafe = Class.forName("sun.misc.Unsafe");
    Field field = unsafe.getDeclaredField("theUnsafe");
    field.setAccessible(true);
    return unsafe.getMethod("allocateInstance", Class.class).invoke(field.get(null), type);
  }
}
