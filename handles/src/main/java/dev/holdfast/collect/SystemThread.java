package dev.holdfast.collect;

/**
 * Threads of ours: daemons in the root thread group, where the JVM's own are, so that a program
 * that lists the threads of its group does not meet them; without the maker's inheritable thread
 * locals.
 */
public final class SystemThread {
  private SystemThread() {}

  /** A thread that is not started yet. */
  public static Thread of(Runnable work, String name) {
    ThreadGroup group = Thread.currentThread().getThreadGroup();
    while (group.getParent() != null) {
      group = group.getParent();
    }
    Thread thread = new Thread(group, work, name, 0, false);
    thread.setDaemon(true);
    return thread;
  }
}
