package dev.holdfast.agent;

import dev.holdfast.agent.options.AgentOptions;
import dev.holdfast.agent.options.Selection;
import dev.holdfast.agent.rewrite.HoldfastTransformer;
import dev.holdfast.collect.Engine;
import dev.holdfast.collect.SystemThread;
import dev.holdfast.jna.NativeRuntime;
import dev.holdfast.stats.Beans;
import dev.holdfast.stats.Log;
import java.io.File;
import java.io.IOException;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.security.ProtectionDomain;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;
import java.util.jar.JarFile;
import jdk.internal.misc.Unsafe;

/**
 * Loads JNA and libholdfast and registers the MBeans, on a thread of its own. Both start {@code
 * java.util.logging}, whose manager the application may choose until its main class is initialised,
 * and some do in the first lines of {@code main}: so that long it waits. Until a managed class is
 * defined there is nothing to move, so short programs without any are spared all this, and long
 * ones get the MBeans alone. Who gives an object to C earlier does not wait for this thread: he
 * loads the library himself.
 */
final class LateStart implements Runnable, ClassFileTransformer, Consumer<String> {
  /** How long {@code main} has for its first lines. */
  private static final long GRACE_NANOS = TimeUnit.MILLISECONDS.toNanos(200);

  /** How long we wait for a managed class: then the MBeans should be there all the same. */
  private static final long IDLE_NANOS = TimeUnit.SECONDS.toNanos(5);

  /** How long static initialisers of the main class may take before we go on without them. */
  private static final long PATIENCE_NANOS = TimeUnit.SECONDS.toNanos(60);

  /** After so many classes of the system class loader the application surely runs. */
  private static final int MOST_BEFORE_MAIN_CLASS = 5000;

  private static final long FIRST_PAUSE_NANOS = TimeUnit.MILLISECONDS.toNanos(50);
  private static final long LONGEST_PAUSE_NANOS = TimeUnit.SECONDS.toNanos(10);

  private static final String JAR = ".jar";

  private final JnaSupply jna;
  private final Instrumentation instrumentation;
  private final HoldfastTransformer transformer;
  private final AgentOptions.OnFailure onFailure;
  private final ClassLoader system = ClassLoader.getSystemClassLoader();

  /** Names of classes that the system class loader has begun to define. */
  private final BlockingQueue<String> seen = new LinkedBlockingQueue<>();

  private LateStart(
      JnaSupply jna,
      Instrumentation instrumentation,
      HoldfastTransformer transformer,
      AgentOptions.OnFailure onFailure) {
    this.jna = jna;
    this.transformer = transformer;
    this.instrumentation = instrumentation;
    this.onFailure = onFailure;
  }

  /** Starts after the application's main class. */
  static void afterMainClass(
      JnaSupply jna,
      Instrumentation instrumentation,
      HoldfastTransformer transformer,
      AgentOptions.OnFailure onFailure) {
    LateStart start = new LateStart(jna, instrumentation, transformer, onFailure);
    instrumentation.addTransformer(start);
    start.onItsThread();
  }

  /** Starts at once: the application runs already, and is never stopped. */
  static void now(JnaSupply jna) {
    new LateStart(jna, null, null, AgentOptions.OnFailure.OFF).onItsThread();
  }

  private void onItsThread() {
    SystemThread.of(this, "holdfast-start").start();
  }

  @Override
  public byte[] transform(
      ClassLoader loader,
      String name,
      Class<?> redefined,
      ProtectionDomain domain,
      byte[] classFile) {
    if (loader == system && name != null) {
      seen.add(name);
    }
    return null;
  }

  @Override
  public void run() {
    try {
      if (instrumentation != null) {
        awaitMainClass();
        if (!transformer.awaitManagedClass(IDLE_NANOS)) {
          Beans.register(Engine.current());
          transformer.awaitManagedClass();
          startNative();
          return;
        }
      }
      startNative();
      Beans.register(Engine.current());
    } catch (InterruptedException e) {
      Log.debug("interrupted before the late start");
    } catch (Throwable e) {
      failed(e);
    }
  }

  private void startNative() {
    jna.provide();
    NativeRuntime.start();
  }

  /** What needs no memory goes first: there may be none. */
  private void failed(Throwable cause) {
    if (onFailure == AgentOptions.OnFailure.OFF) {
      Engine.current().fail("off");
    }
    if (!report(cause, this) && onFailure == AgentOptions.OnFailure.STOP) {
      Runtime.getRuntime().halt(1);
    }
  }

  /**
   * Says the line of a failure. Where there is no memory to do so it waits for some, in longer and
   * longer pauses, and falls silent after some 13 s.
   *
   * @param say may throw for want of memory, and is then asked again
   * @return whether it was said
   */
  static boolean report(Throwable cause, Consumer<String> say) {
    for (long pause = FIRST_PAUSE_NANOS; ; pause *= 2) {
      try {
        say.accept(Failure.line(cause));
        return true;
      } catch (Throwable e) {
        if (pause > LONGEST_PAUSE_NANOS) {
          return false;
        }
        LockSupport.parkNanos(pause);
      }
    }
  }

  /** Says why it failed, and stops the JVM if that was asked for. */
  @Override
  public void accept(String line) {
    if (isShuttingDown()) {
      Log.debug("the JVM ended before the late start: " + line);
    } else if (onFailure == AgentOptions.OnFailure.STOP) {
      Log.error(line);
      System.exit(1);
    } else {
      Engine.current().fail("off: " + line);
      Log.warn("the application runs without Holdfast: " + line);
    }
  }

  /**
   * A program that ended early: JNA cannot be loaded any more, and nobody misses it. One that has
   * set a security manager whose policy does not know this jar may not be asked.
   */
  private static boolean isShuttingDown() {
    try {
      Thread never = new Thread("never started");
      Runtime.getRuntime().addShutdownHook(never);
      Runtime.getRuntime().removeShutdownHook(never);
      return false;
    } catch (IllegalStateException e) {
      return true;
    } catch (SecurityException e) {
      return false;
    }
  }

  private void awaitMainClass() throws InterruptedException {
    String main = mainClass(System.getProperty("sun.java.command", ""));
    String name;
    int others = 0;
    do {
      name = seen.take();
    } while (main == null
        ? Selection.isOwn(name)
        : !name.equals(main) && ++others < MOST_BEFORE_MAIN_CLASS);
    instrumentation.removeTransformer(this);
    awaitInitialized(name.replace('/', '.'));
    LockSupport.parkNanos(GRACE_NANOS);
  }

  private void awaitInitialized(String name) {
    Class<?> main;
    try {
      main = Class.forName(name, false, system);
    } catch (ClassNotFoundException | LinkageError e) {
      return; // the JVM's launcher will say so
    }
    long deadline = System.nanoTime() + PATIENCE_NANOS;
    while (Unsafe.getUnsafe().shouldBeInitialized(main) && System.nanoTime() < deadline) {
      LockSupport.parkNanos(TimeUnit.MILLISECONDS.toNanos(5));
    }
  }

  /**
   * Internal name of the main class, from the command line that the JVM remembers: {@code a.B},
   * {@code module/a.B} or {@code some.jar}, and arguments. Null if it does not say: then the first
   * class that the system class loader defines is taken for it.
   */
  static String mainClass(String command) {
    if (command.isEmpty()) {
      return null;
    }
    int jar = command.indexOf(JAR);
    if (jar >= 0) {
      File file = new File(command.substring(0, jar + JAR.length()));
      if (file.isFile()) {
        return mainClassOf(file);
      }
    }
    int end = command.indexOf(' ');
    String first = end < 0 ? command : command.substring(0, end);
    return first.substring(first.indexOf('/') + 1).replace('.', '/');
  }

  private static String mainClassOf(File file) {
    try (JarFile jar = new JarFile(file)) {
      String name = jar.getManifest().getMainAttributes().getValue("Main-Class");
      return name == null ? null : name.strip().replace('.', '/');
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }
}
