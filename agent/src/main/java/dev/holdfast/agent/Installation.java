package dev.holdfast.agent;

import dev.holdfast.agent.options.AgentOptions;
import dev.holdfast.agent.rewrite.HoldfastTransformer;
import dev.holdfast.arena.UnsafeMemory;
import dev.holdfast.collect.Engine;
import dev.holdfast.collect.EngineOptions;
import dev.holdfast.stats.Log;
import java.lang.instrument.Instrumentation;
import java.nio.ByteOrder;

/** Puts Holdfast into a JVM, step by step. Each step needs those before it. */
final class Installation {
  private static final String ALREADY = "Holdfast is in this JVM already (expected one agent)";

  private static boolean installed;

  private final AgentOptions options;
  private final Instrumentation instrumentation;
  private final JnaSupply jna;

  /** The class file that rewritten code calls; null before it is defined. */
  private byte[] hookEntry;

  private Installation(AgentOptions options, Instrumentation instrumentation) {
    this.options = options;
    this.instrumentation = instrumentation;
    this.jna = new JnaSupply(instrumentation, options.libdir());
  }

  /** Before the application starts. */
  static void before(AgentOptions options, Instrumentation instrumentation) {
    if (isInstalled()) {
      Log.warn("an agent is passed over, with its options: " + ALREADY);
      return;
    }
    ApiVersion.check();
    Installation installation = claim(options, instrumentation);
    if (installation.supply()) {
      LateStart.afterMainClass(
          installation.jna, instrumentation, installation.transformer(), options.onFailure());
    }
  }

  /** Into a running application. */
  static void into(AgentOptions options, Instrumentation instrumentation) {
    ApiVersion.check();
    HookInjection.refuseIfLoaded(instrumentation);
    Installation installation = claim(options, instrumentation);
    if (installation.supply()) {
      new LoadedClasses(instrumentation, installation.transformer()).catchUp();
      LateStart.now(installation.jna);
    }
  }

  private static synchronized boolean isInstalled() {
    return installed;
  }

  private static synchronized Installation claim(
      AgentOptions options, Instrumentation instrumentation) {
    if (installed) {
      throw new IllegalStateException(ALREADY);
    }
    installed = true;
    Log.level(options.log());
    return new Installation(options, instrumentation);
  }

  /** All that rewritten classes need. Returns false if no class will ever be rewritten. */
  private boolean supply() {
    String model = System.getProperty("sun.arch.data.model");
    if (!"64".equals(model) || ByteOrder.nativeOrder() != ByteOrder.LITTLE_ENDIAN) {
      throw new IllegalStateException(
          "a JVM of "
              + model
              + " bits, "
              + ByteOrder.nativeOrder()
              + " (expected 64, LITTLE_ENDIAN)");
    }
    jna.arrange();
    if (options.selection().isEmpty()) {
      Log.warn("include is not given: objects get opaque handles, none has a mirror");
      return false;
    }
    hookEntry = HookInjection.inject(instrumentation);
    Engine engine = Engine.start(engineOptions(), new UnsafeMemory(), true);
    if (options.debug()) {
      engine.setRetainSampling(1);
    }
    return true;
  }

  private EngineOptions engineOptions() {
    EngineOptions defaults = EngineOptions.defaults(MachineMemory.bytes());
    return new EngineOptions(
        options.arena() == AgentOptions.DEFAULT ? defaults.arenaBytes() : options.arena(),
        options.nursery() == AgentOptions.DEFAULT ? defaults.nurseryBytes() : options.nursery(),
        options.cohort() == AgentOptions.DEFAULT ? defaults.cohortBytes() : options.cohort(),
        options.zeal(),
        options.mode() == AgentOptions.Mode.DEMAND,
        options.verify(),
        options.pretenure());
  }

  private HoldfastTransformer transformer() {
    HoldfastTransformer transformer =
        new HoldfastTransformer(
            options.selection(),
            new RuntimeKeys(),
            options.mode() == AgentOptions.Mode.SITE,
            options.dump());
    transformer.warmUp(hookEntry);
    HiddenFieldFilter.install(transformer);
    instrumentation.addTransformer(transformer, true);
    return transformer;
  }
}
