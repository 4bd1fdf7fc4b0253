package dev.holdfast.agent;

import dev.holdfast.stats.Log;
import java.io.IOException;
import java.security.CodeSource;
import java.util.jar.Attributes;
import java.util.jar.JarFile;
import java.util.jar.Manifest;

/**
 * An application that depends on {@code holdfast-api} has its jar before ours on the class path, so
 * all but the agent's own classes come from there. They belong together only if they are of one
 * version, which both jars' manifests tell; unpacked classes do not.
 */
final class ApiVersion {
  private ApiVersion() {}

  /**
   * Before anything of the API is used but {@link Log}.
   *
   * @throws IllegalStateException if the API is of another version than this agent
   */
  static void check() {
    String ours = Agent.class.getPackage().getImplementationVersion();
    String apis = apis();
    if (ours != null && apis != null && !ours.equals(apis)) {
      throw new IllegalStateException(
          "this agent is of version "
              + ours
              + ", the API on the "
              + (ApiModule.get().isNamed() ? "module" : "class")
              + " path of "
              + apis
              + ": use the same version of both ("
              + fileOf(Agent.class)
              + ", "
              + fileOf(Log.class)
              + ")");
    }
  }

  private static String apis() {
    if (!ApiModule.get().isNamed()) {
      return Log.class.getPackage().getImplementationVersion();
    }
    // Of a named module's jar the JVM does not tell what the manifest says.
    try (JarFile jar = new JarFile(fileOf(Log.class))) {
      Manifest manifest = jar.getManifest();
      return manifest == null
          ? null
          : manifest.getMainAttributes().getValue(Attributes.Name.IMPLEMENTATION_VERSION);
    } catch (IOException e) {
      return null; // classes in a folder
    }
  }

  private static String fileOf(Class<?> type) {
    CodeSource source = type.getProtectionDomain().getCodeSource();
    return source == null ? "unknown" : source.getLocation().getPath();
  }
}
