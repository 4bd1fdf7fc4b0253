package dev.holdfast.agent;

import dev.holdfast.stats.Log;
import java.lang.instrument.Instrumentation;
import java.lang.reflect.Field;
import java.util.Map;
import java.util.Set;

/**
 * The module that the API's classes are in: ours, the class path's unnamed one, or {@code
 * dev.holdfast} of an application that has {@code holdfast-api} on its module path.
 *
 * <p>The system class loader asks nobody else for a package of a named module: it would load hook
 * classes of its own from there, beside those that rewritten code calls, which the boot loader has.
 * So that package is taken from the module, in the one table where the loader looks; the JVM keeps
 * its own note of it, which then names a package without classes.
 */
final class ApiModule {
  private static final String HOOKS = "dev.holdfast.hook";
  private static final String LOADERS = "jdk.internal.loader";
  private static final String TABLE = "packageToModule";

  private ApiModule() {}

  static Module get() {
    return Log.class.getModule();
  }

  /**
   * For a named one, before the first hook class is loaded.
   *
   * @throws IllegalStateException if this JVM has no such table
   */
  static void leaveHooksToTheBootLoader(Instrumentation instrumentation) {
    instrumentation.redefineModule(
        Object.class.getModule(),
        Set.of(),
        Map.of(),
        Map.of(LOADERS, Set.of(ApiModule.class.getModule())),
        Set.of(),
        Map.of());
    try {
      Field table = Class.forName(LOADERS + ".BuiltinClassLoader").getDeclaredField(TABLE);
      table.setAccessible(true);
      ((Map<?, ?>) table.get(null)).remove(HOOKS);
    } catch (ReflectiveOperationException | RuntimeException e) {
      throw new IllegalStateException(
          "holdfast-api is on the module path, which this JVM does not allow for ("
              + e
              + "): put it on the class path",
          e);
    }
  }
}
