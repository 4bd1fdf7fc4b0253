package dev.holdfast.agent;

import dev.holdfast.agent.classfile.ConstantPool;
import dev.holdfast.agent.rewrite.HookCalls;
import java.io.IOException;
import java.lang.instrument.Instrumentation;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import jdk.internal.misc.Unsafe;

/**
 * Puts the classes that rewritten code calls where every class loader finds them.
 *
 * <p>The package {@code dev.holdfast.hook} is defined in the boot loader, read from the agent jar.
 * Some class loaders delegate nothing but {@code java.*} to it, so that rewritten code calls {@code
 * java.lang.HoldfastHooks}, which hands on. {@code Instrumentation.appendToBootstrapClassLoader} is
 * no way to the second, and for the first it would turn class-data sharing off; {@code
 * Unsafe.defineClass} does neither.
 *
 * <p>The order: {@code java.base} exports its inner packages to us, and to the API's module if that
 * is another ({@link ApiModule}); the hook classes are defined, superclasses first, none
 * initialised; {@code java.base} comes to read the module they are in (the boot loader's unnamed
 * one, which has no other name than the module of a class in it) and exports its inner packages to
 * it too; then the entry class is defined in {@code java.base}.
 */
final class HookInjection {
  private static final String[] INNER_PACKAGES = {
    "jdk.internal.misc", "jdk.internal.reflect", "jdk.internal.access", "jdk.internal.loader"
  };

  private final Instrumentation instrumentation;

  private HookInjection(Instrumentation instrumentation) {
    this.instrumentation = instrumentation;
  }

  /**
   * Looks for hook classes that a program has loaded from its class path, as it does when it uses
   * Holdfast without the agent. Those would go on beside the ones that we define, each with an
   * engine of its own.
   *
   * @throws IllegalStateException if there are any
   */
  static void refuseIfLoaded(Instrumentation instrumentation) {
    for (Class<?> type :
        instrumentation.getInitiatedClasses(HookInjection.class.getClassLoader())) {
      if (type.getClassLoader() != null && type.getName().startsWith("dev.holdfast.hook.")) {
        throw new IllegalStateException(
            "the program uses Holdfast already, "
                + type.getName()
                + " is loaded (expected the agent at its start, or before its first handle)");
      }
    }
  }

  /**
   * Defines the hooks. Once in a JVM: a second agent jar finds the classes there and fails.
   *
   * @return the class file of the one that rewritten code calls
   * @throws IllegalStateException if this JVM does not let us; the message says what it refused
   */
  static byte[] inject(Instrumentation instrumentation) {
    HookInjection injection = new HookInjection(instrumentation);
    try {
      injection.openJavaBase(HookInjection.class.getModule(), Set.of());
      if (ApiModule.get().isNamed()) {
        injection.openJavaBase(ApiModule.get(), Set.of());
        ApiModule.leaveHooksToTheBootLoader(instrumentation);
      }
      return injection.define();
    } catch (IOException | RuntimeException | LinkageError e) {
      throw new IllegalStateException(
          "the hooks cannot be defined in this JVM ("
              + System.getProperty("java.vm.version")
              + "): "
              + e,
          e);
    }
  }

  private void openJavaBase(Module to, Set<Module> reads) {
    Module base = Object.class.getModule();
    Map<String, Set<Module>> exports = new HashMap<>();
    for (String name : INNER_PACKAGES) {
      exports.put(name, Set.of(to));
    }
    instrumentation.redefineModule(base, reads, exports, Map.of(), Set.of(), Map.of());
  }

  private byte[] define() throws IOException {
    Map<String, byte[]> pending = HookClasses.read();
    Map<String, Class<?>> defined = new HashMap<>();
    for (String name : pending.keySet().toArray(new String[0])) {
      define(name, pending, defined);
    }
    List<Class<?>> entries = new ArrayList<>();
    for (String entry : HookClasses.ENTRIES) {
      entries.add(defined.get(entry));
    }
    Module boot = entries.get(0).getModule();
    openJavaBase(boot, Set.of(boot));
    byte[] entry = EntryClass.delegatingTo(HookCalls.ENTRY, entries);
    define(HookCalls.ENTRY, entry);
    return entry;
  }

  /** Defines a class and what it extends, unless that was done. */
  private static void define(
      String name, Map<String, byte[]> pending, Map<String, Class<?>> defined) {
    byte[] bytes = pending.remove(name);
    if (bytes == null) {
      return;
    }
    ConstantPool pool = new ConstantPool(bytes);
    define(pool.superName(), pending, defined);
    for (String superInterface : pool.interfaceNames()) {
      define(superInterface, pending, defined);
    }
    defined.put(name, define(name, bytes));
  }

  private static Class<?> define(String name, byte[] bytes) {
    return Unsafe.getUnsafe().defineClass(name, bytes, 0, bytes.length, null, null);
  }
}
