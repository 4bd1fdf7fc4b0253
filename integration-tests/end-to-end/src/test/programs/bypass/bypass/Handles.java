package bypass;

import java.io.InputStream;
import java.lang.invoke.MethodHandle;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.lang.invoke.VarHandle;
import java.lang.reflect.Constructor;
import java.lang.reflect.Field;
import java.util.concurrent.atomic.AtomicIntegerFieldUpdater;
import java.util.concurrent.atomic.AtomicLongFieldUpdater;
import java.util.concurrent.atomic.AtomicReferenceFieldUpdater;

/** Ways of the JDK to make and write objects that are no plain byte code. */
final class Handles {
  private Handles() {}

  static void run() throws Throwable {
    Model.Bike bike = new Model.Bike("h", 1);
    copies(bike);
    allocated();
    writes(bike);
    constructors();
    hidden();
  }

  private static void copies(Model.Bike bike) throws Throwable {
    Model.Bike copy = bike.clone();
    copy.counter = 5;
    Model.Bike tandem = new Model.Tandem().clone();
    tandem.counter = 6;
    System.out.println(bike + " " + copy + " " + tandem + " " + tandem.getClass());
    MethodHandle clone =
        MethodHandles.lookup()
            .findVirtual(Model.Bike.class, "clone", MethodType.methodType(Model.Bike.class));
    Model.Bike third = (Model.Bike) clone.invokeExact(copy);
    third.counter++;
    System.out.println(third + " " + copy);
  }

  private static void allocated() throws Exception {
    Field field = sun.misc.Unsafe.class.getDeclaredField("theUnsafe");
    field.setAccessible(true);
    sun.misc.Unsafe unsafe = (sun.misc.Unsafe) field.get(null);
    Model.Bike raw = (Model.Bike) unsafe.allocateInstance(Model.Bike.class);
    raw.counter = 8;
    raw.next = (Model.Tandem) unsafe.allocateInstance(Model.Tandem.class);
    raw.next.counter = 9;
    System.out.println(raw.name() + raw.counter + raw.next.counter + raw.cached);
  }

  private static void writes(Model.Bike bike) throws Exception {
    MethodHandles.Lookup lookup = MethodHandles.privateLookupIn(Model.Bike.class, MethodHandles.lookup());
    VarHandle counter = lookup.findVarHandle(Model.Bike.class, "counter", int.class);
    System.out.println((int) counter.getAndAdd(bike, 4) + " " + counter.compareAndSet(bike, 4, 6));
    VarHandle name = lookup.findVarHandle(Model.Bike.class, "name", String.class);
    name.setRelease(bike, "renamed");
    VarHandle next = lookup.findVarHandle(Model.Bike.class, "next", Model.Bike.class);
    System.out.println(next.getAndSet(bike, new Model.Bike("v", 2)) + " " + bike);
    AtomicIntegerFieldUpdater.newUpdater(Model.Bike.class, "counter").incrementAndGet(bike);
    AtomicLongFieldUpdater.newUpdater(Model.Bike.class, "stamp").accumulateAndGet(bike, 9, Long::sum);
    AtomicReferenceFieldUpdater.newUpdater(Model.Bike.class, Model.Bike.class, "next")
        .updateAndGet(bike, old -> new Model.Bike(old.name() + "+", 4));
    System.out.println(bike + " " + bike.stamp);
    Field name2 = Model.Bike.class.getDeclaredField("name");
    name2.setAccessible(true);
    name2.set(bike, "by reflection");
    System.out.println(bike);
  }

  private static void constructors() throws Throwable {
    MethodHandles.Lookup lookup = MethodHandles.lookup();
    MethodHandle two =
        lookup.findConstructor(
            Model.Bike.class, MethodType.methodType(void.class, String.class, int.class));
    System.out.println((Model.Bike) two.invokeExact("mh", 3));
    Object bound = two.bindTo("bound").invoke(4);
    System.out.println(bound);
    MethodHandle toString =
        lookup.findVirtual(Model.Bike.class, "toString", MethodType.methodType(String.class));
    String text = (String) MethodHandles.filterReturnValue(two, toString).invokeExact("f", 1);
    System.out.println(text);
    Constructor<Model.Wheel> wheel = Model.Wheel.class.getDeclaredConstructor(int.class, double.class);
    System.out.println(wheel.newInstance(1, 2));
    try {
      wheel.newInstance("no", 2);
    } catch (IllegalArgumentException e) {
      System.out.println(e.getMessage());
    }
  }

  /** A hidden class that allocates and writes managed objects, and is managed by its name. */
  private static void hidden() throws Throwable {
    byte[] bytes;
    try (InputStream in = Handles.class.getResourceAsStream("Secret.class")) {
      bytes = in.readAllBytes();
    }
    MethodHandles.Lookup hidden =
        MethodHandles.lookup().defineHiddenClass(bytes, true, MethodHandles.Lookup.ClassOption.NESTMATE);
    Class<?> type = hidden.lookupClass();
    System.out.println(type.isHidden() + " " + type.getSimpleName().replaceAll("/.*", ""));
    for (Field field : type.getDeclaredFields()) {
      System.out.println(field.getType() + " " + field.getName());
    }
    Object made = type.getDeclaredConstructor().newInstance();
    System.out.println(((java.util.function.Supplier<?>) made).get());
    System.out.println(((java.util.function.Supplier<?>) made).get());
  }
}
