package dev.holdfast.endtoend.app;

import dev.holdfast.Handle;
import dev.holdfast.Holdfast;
import dev.holdfast.endtoend.support.Check;
import dev.holdfast.endtoend.support.Mirror;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.nio.charset.StandardCharsets;

/** Runs before the agent comes, and goes on once it is told that the agent is there. */
public final class Attached {
  private Attached() {}

  /** Loaded before. */
  static class Early implements Cloneable {
    int number = 1;
    Late late;

    Early copy() throws CloneNotSupportedException {
      return (Early) clone();
    }
  }

  /** Loaded after, and written by code that was loaded before. */
  static class Late implements Cloneable {
    int number = 1;
    Late next;
    Early early;

    Late copy() throws CloneNotSupportedException {
      return (Late) clone();
    }
  }

  /** Loaded after, but its superclass before: of its own fields it has a mirror. */
  static final class LateChild extends Early {
    int more = 2;
  }

  public static void main(String[] args) throws Exception {
    Early early = new Early();
    work(0, early);
    System.out.print("ready\n");
    System.out.flush();
    awaitLine();
    for (int i = 1; i < 200; i++) {
      work(i, early);
    }
  }

  private static void awaitLine() throws IOException {
    new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8)).readLine();
  }

  /** Runs once before and often after; what it does to Late was compiled in before. */
  private static void work(int round, Early early) throws CloneNotSupportedException {
    early.number = round;
    early = early.copy();
    if (round > 0) {
      Check.that(Holdfast.isActive(), "active");
      opaque(early);
      Late late = new Late();
      late.number = round;
      late.next = late.copy();
      late.next.number++;
      late.early = early;
      early.late = late;
      Mirror.checkAll(late, late.next);
      Later.work();
    }
  }

  /** The verifier loads what methods above mention, so this is apart. */
  private static final class Later {
    static void work() {
      LateChild child = new LateChild();
      child.number = 4;
      child.more++;
      Mirror.check(child);
    }
  }

  private static void opaque(Early early) {
    Check.that(!Holdfast.isManaged(early), "it can have no mirror");
    try (Handle handle = Holdfast.handle(early)) {
      Check.that(handle.get() == early, "but a handle");
    }
  }
}
