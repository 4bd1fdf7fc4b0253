package app.main;

import app.model.Account;
import app.model.Audited;
import java.lang.reflect.Field;
import java.util.Arrays;
import java.util.ServiceLoader;
import java.util.TreeSet;

/** Strongly encapsulated: nothing is open, and no module reads an unnamed one. */
public final class Main {
  private int depth;

  static final class Savings extends Account {
    private double rate = 0.5;
    Savings sibling;

    Savings(Account parent) {
      super(parent);
    }

    void grow() {
      balance += (long) (balance * rate);
      rate /= 2;
    }
  }

  public static void main(String[] args) throws Exception {
    Account root = new Account(null);
    Savings savings = new Savings(root);
    savings.sibling = new Savings(savings);
    savings.sibling.add(100);
    savings.grow();
    Account copy = savings.clone();
    copy.add(1);
    System.out.println(root.balance() + " " + savings.balance() + " " + copy.balance());
    for (Audited audited : ServiceLoader.load(Audited.class)) {
      System.out.println(audited.audit() + " " + audited.audit() + " " + audited.getClass());
    }
    for (Class<?> type : new Class<?>[] {Main.class, Savings.class, Account.class}) {
      Module module = type.getModule();
      // That it reads unnamed modules, and java.instrument is there, is the JVM's own doing.
      System.out.println(module + " " + module.isOpen(type.getPackageName()));
      System.out.println(module.getPackages() + " " + new TreeSet<>(module.getDescriptor().requires()));
      System.out.println(Arrays.toString(type.getDeclaredFields()));
    }
    System.out.println(Object.class.getModule().isExported("jdk.internal.misc", Main.class.getModule()));
    System.out.println(Object.class.getModule().isExported("jdk.internal.reflect", Main.class.getModule()));
    Field field = Account.class.getDeclaredFields()[0];
    try {
      field.setAccessible(true);
      System.out.println(field.get(root));
    } catch (RuntimeException e) {
      System.out.println(e.getMessage());
    }
    Main main = new Main();
    Runnable more = () -> main.depth++;
    more.run();
    System.out.println(main.depth + " " + new Exception().getStackTrace()[0]);
  }
}
