package bypass;

import java.lang.reflect.AccessibleObject;
import java.util.Arrays;

/** What a program can see of its own classes. */
final class Insides {
  private Insides() {}

  static class First {
    static final int ONE = log("First.ONE");
    static final String CONSTANT = "constant";
    static int two = 2;

    static {
      log("First");
    }

    int field = log("First.field");
  }

  static class Second extends First {
    static final Third THIRD = new Third(log("argument"));

    static {
      log("Second");
    }

    int field = log("Second.field");

    Second() {
      this(log("this"));
    }

    Second(int ignored) {
      super();
      field++;
    }
  }

  static class Third {
    static {
      log("Third");
    }

    int value;

    Third(int value) {
      this.value = value;
    }
  }

  static class Broken {
    static int value = Integer.parseInt("not a number");
    int field;
  }

  private static int log(String what) {
    System.out.println("init " + what);
    return what.length();
  }

  static void run() {
    members();
    initialisers();
    traces();
  }

  private static void members() {
    for (Class<?> type : Main.CLASSES) {
      print(type.getDeclaredFields());
      print(type.getDeclaredMethods());
      print(type.getDeclaredConstructors());
      System.out.println(Arrays.toString(type.getFields()));
      System.out.println(type.toGenericString() + " " + type.getModifiers() + " " + type.isSealed());
    }
  }

  private static void print(AccessibleObject[] members) {
    Arrays.stream(members).map(Object::toString).sorted().forEach(System.out::println);
  }

  private static void initialisers() {
    System.out.println(First.CONSTANT);
    System.out.println(First[].class);
    System.out.println(First.two);
    Second second = new Second();
    second.field = 3;
    ((First) second).field = 4;
    System.out.println(second.field + " " + ((First) second).field);
    for (int i = 0; i < 2; i++) {
      try {
        new Broken().field = 1;
      } catch (Throwable e) {
        show(e);
      }
    }
  }

  private static void traces() {
    try {
      deep(3, null);
    } catch (RuntimeException e) {
      show(e);
    }
    StackWalker.getInstance()
        .forEach(f -> System.out.println(f.getMethodName() + ":" + f.getLineNumber()));
    System.out.println(overflow());
  }

  private static Model.Bike deep(int n, Model.Bike bike) {
    Model.Bike next =
        new Model.Bike(
            "deep" + n,
            n);
    next.next =
        bike;
    if (n == 0) {
      next.next
          .next
          .next
          .next
          .counter =
          4;
    }
    return deep(n - 1, next);
  }

  private static boolean overflow() {
    int[] depth = new int[1];
    try {
      endless(depth, new Model.Bike());
    } catch (StackOverflowError e) {
      return depth[0] > 100;
    }
    return false;
  }

  private static void endless(int[] depth, Model.Bike bike) {
    depth[0]++;
    Model.Bike next = new Model.Bike();
    next.next = bike;
    bike.counter++;
    endless(depth, next);
  }

  static void show(Throwable e) {
    for (Throwable at = e; at != null; at = at.getCause()) {
      System.out.println(at);
      for (StackTraceElement element : at.getStackTrace()) {
        System.out.println("  " + element);
      }
    }
  }
}
