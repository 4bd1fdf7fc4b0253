package dev.holdfast.endtoend.app;

import dev.holdfast.endtoend.support.Check;

/** Sets a security manager before Holdfast has started, and makes objects under it. */
public final class Sandboxed {
  private static final int MANY = 100_000;
  private static final Thread START =
      Thread.getAllStackTraces().keySet().stream()
          .filter(thread -> thread.getName().equals("holdfast-start"))
          .findAny()
          .orElseThrow();

  static {
    setSecurityManager();
  }

  private Sandboxed() {}

  static final class Item {
    int number;
    Item next;

    Item(int number) {
      this.number = number;
    }
  }

  @SuppressWarnings("removal")
  private static void setSecurityManager() {
    System.setSecurityManager(new SecurityManager());
  }

  public static void main(String[] args) throws InterruptedException {
    Check.fails(SecurityException.class, () -> System.getProperty("user.home"));
    work();
    START.join();
    work();
  }

  private static void work() {
    Item first = new Item(0);
    for (int i = 0; i < MANY; i++) {
      first.next = new Item(i);
      first.number += first.next.number & 1;
    }
    Check.that(first.number == MANY / 2, "it computes what it does without");
  }
}
