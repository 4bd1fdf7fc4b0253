package dev.holdfast.jna;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Pointer;
import dev.holdfast.collect.Engine;
import dev.holdfast.collect.EngineOptions;
import dev.holdfast.collect.NativeOps;
import dev.holdfast.stats.Log;
import dev.holdfast.table.HandleException;
import dev.holdfast.table.Status;
import java.io.File;

/**
 * libholdfast, loaded and bound to this JVM's engine. One for a JVM, and for its whole life.
 *
 * <p>With the agent the engine runs already, on memory of its own; without it the first start makes
 * an engine for opaque handles ("library mode"), on memory of libholdfast.
 */
public final class NativeRuntime implements NativeOps {
  /**
   * System property: the folder to load libholdfast from, and JNA's libjnidispatch if it is there
   * too; nothing is extracted then. Without it JNA extracts both from their jars into a temporary
   * folder.
   */
  public static final String FOLDER_PROPERTY = "holdfast.libdir";

  private static final String JNA_FOLDER_PROPERTY = "jna.boot.library.path";

  /**
   * System property: {@code true} records all retains from the start, as the agent's debug=true.
   */
  public static final String DEBUG_PROPERTY = "holdfast.debug";

  /** C's table of functions, {@code struct hf_api}: append-only, so these offsets are for ever. */
  private static final String API = "hf_runtime_api";

  private static final long API_RELEASE = 112;
  private static final long API_RETAIN = 120;

  private static volatile NativeRuntime started;
  private static int failedStatus; // guarded by the class, like the next
  private static String failedWhy;

  private final Engine engine;
  private final Pointer api;
  private final boolean membarrier;

  // Reachable for ever through `started`: C holds their function pointers.
  @SuppressWarnings({"unused", "UnusedVariable"})
  private final Upcalls upcalls;

  private NativeRuntime(Engine engine, Pointer api, Upcalls upcalls, boolean membarrier) {
    this.engine = engine;
    this.api = api;
    this.upcalls = upcalls;
    this.membarrier = membarrier;
  }

  /**
   * Loads libholdfast and hands it the engine, once: later calls answer with the same runtime, or
   * throw again what the first one threw. Any thread; the first call takes some 100 ms.
   *
   * @throws HandleException with {@code HF_ENORUNTIME} or {@code HF_EABI} and one line that says
   *     what failed and what helps
   */
  public static NativeRuntime start() {
    NativeRuntime runtime = started;
    return runtime != null ? runtime : startOnce();
  }

  private static synchronized NativeRuntime startOnce() {
    if (started != null) {
      return started;
    }
    if (failedWhy != null) {
      throw new HandleException(failedStatus, failedWhy);
    }
    String folder = System.getProperty(FOLDER_PROPERTY);
    try {
      leadJnaTo(folder);
      JnaVersion.check();
      started = bind(folder);
      return started;
    } catch (HandleException e) {
      throw remember(e);
    } catch (LinkageError e) {
      HandleException failure = LibraryFile.missing("cannot bind libholdfast: " + e);
      failure.initCause(e);
      throw remember(failure);
    }
  }

  private static HandleException remember(HandleException failure) {
    failedStatus = failure.status();
    failedWhy = failure.getMessage();
    return failure;
  }

  /** Has no effect if JNA is loaded already, and then needs none. */
  private static void leadJnaTo(String folder) {
    if (folder != null
        && System.getProperty(JNA_FOLDER_PROPERTY) == null
        && new File(folder, System.mapLibraryName("jnidispatch")).isFile()) {
      System.setProperty(JNA_FOLDER_PROPERTY, folder);
    }
  }

  private static NativeRuntime bind(String folder) {
    NativeLibrary library = LibraryFile.open(folder);
    Native.register(Hfi.class, library);
    int abi = Hfi.hfi_abi();
    if (abi != Hfi.ABI) {
      throw new HandleException(
          Status.EABI,
          "libholdfast has ABI " + abi + ", these classes need " + Hfi.ABI + ": " + library);
    }
    Pointer api = library.getGlobalVariableAddress(API);
    Engine engine = Engine.current();
    if (engine == null) {
      engine = Engine.start(EngineOptions.library(), new JnaMemory(), false);
    }
    if (engine.mirrors()) {
      JnaFinalizer.remove();
    } else {
      Hfi.hfi_advise(AgentLine.untilPatterns());
    }
    Upcalls upcalls = new Upcalls(engine);
    int answer = Hfi.hfi_attach(engine.runtimeBlock(), upcalls.table());
    if (answer < 0) {
      throw new HandleException(
          answer, Status.name(answer) + ": libholdfast serves another engine in this process");
    }
    NativeRuntime runtime = new NativeRuntime(engine, api, upcalls, answer == 1);
    engine.attach(runtime);
    engine.recording().attach(new RetainRecords(engine));
    if (Boolean.getBoolean(DEBUG_PROPERTY)) {
      engine.setRetainSampling(1);
    }
    runtime.shutDownWithTheJvm();
    return runtime;
  }

  private void shutDownWithTheJvm() {
    Thread hook = new Thread(this::shutdownAll, "holdfast-shutdown");
    try {
      Runtime.getRuntime().addShutdownHook(hook);
    } catch (IllegalStateException e) {
      Log.debug("started while the JVM shuts down");
      shutdownAll();
    }
  }

  /** What is still counted now is leaked, as far as Holdfast can tell. */
  private void reportLeaks() {
    if (engine.recording().isOn()) {
      Log.report("at exit, " + engine.retainReport());
    }
  }

  /** C first: from then on its threads no longer call into the JVM. */
  private void shutdownAll() {
    reportLeaks();
    shutdown();
    engine.shutdown();
  }

  /** The engine that this runtime serves. */
  public Engine engine() {
    return engine;
  }

  /** C's {@code void (*)(void *)} that gives one count back; valid until the process ends. */
  public Pointer releaseFunction() {
    return api.getPointer(API_RELEASE);
  }

  /** C's {@code void *(*)(void *)} that takes one count; valid until the process ends. */
  public Pointer retainFunction() {
    return api.getPointer(API_RETAIN);
  }

  /** See {@code Holdfast.calling}: begins a call of C that may throw. The same thread ends it. */
  public long beginCall() {
    return Hfi.hfi_frame_begin();
  }

  /** What C has thrown since {@link #beginCall}, or null. */
  public Throwable endCall(long frame) {
    long thrown = Hfi.hfi_frame_end(frame);
    if (thrown == 0) {
      return null;
    }
    Throwable throwable = (Throwable) engine.resolve(thrown);
    engine.release(thrown);
    return throwable;
  }

  @Override
  public boolean membarrier() {
    return membarrier;
  }

  @Override
  public void heavyFence() {
    Hfi.hfi_heavy_fence();
  }

  @Override
  public int move(long moves, int n, int waitMicros, long epochOut) {
    return Hfi.hfi_move(moves, n, waitMicros, epochOut);
  }

  @Override
  public long discard(long address, long bytes) {
    return Hfi.hfi_discard(address, bytes);
  }

  @Override
  public void destroy(long function, long data) {
    Hfi.hfi_destroy(function, data);
  }

  @Override
  public void shutdown() {
    Hfi.hfi_shutdown();
  }
}
