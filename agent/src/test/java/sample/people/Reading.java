package sample.people;

import com.sun.jna.Library;
import com.sun.jna.Native;
import dev.holdfast.Handle;
import dev.holdfast.Holdfast;
import java.nio.charset.StandardCharsets;
import java.util.concurrent.TimeUnit;

/** Has a C library read an object by a generated header, and prints what it saw. */
public final class Reading {
  private Reading() {}

  /** The library. */
  public interface People extends Library {
    int describe(Handle employee, byte[] out, int capacity);

    int is_color(Handle object);
  }

  public static void main(String[] args) {
    People people = Native.load(args[0], People.class);
    Employee employee = new Employee();
    Person manager = new Person();
    manager.age = 61;
    manager.eyes = Color.BLUE;
    employee.shoe = -42;
    employee.initial = '\u20ac';
    employee.height = -30_000;
    employee.age = 39;
    employee.seen = Long.MIN_VALUE + 1;
    employee.weight = 61.5f;
    employee.wealth = -1e300;
    ((Person) employee).name = "Zo\u00eb";
    employee.patience = TimeUnit.DAYS;
    ((Person) employee).next = manager;
    employee.scores = new int[3];
    employee.flags = 0x7fffffff;
    employee.grade = 7;
    employee.name = 1L << 40;
    employee.Person_name = 5;
    employee.next = employee;
    byte[] out = new byte[1000];
    try (Handle handle = Holdfast.handle(employee);
        Handle color = Holdfast.handle(Color.BLUE)) {
      int length = people.describe(handle, out, out.length);
      System.out.println("seen=" + new String(out, 0, length, StandardCharsets.UTF_8));
      System.out.println("colors=" + people.is_color(color) + people.is_color(handle));
    }
  }
}
