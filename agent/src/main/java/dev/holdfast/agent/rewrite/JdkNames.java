package dev.holdfast.agent.rewrite;

import java.util.HashSet;
import java.util.Set;

/** Which names belong to the JDK's own modules, told without loading anything. */
final class JdkNames {
  private static final Set<String> PACKAGES = packages();

  private JdkNames() {}

  private static Set<String> packages() {
    Set<String> packages = new HashSet<>(4096);
    ClassLoader platform = ClassLoader.getPlatformClassLoader();
    for (Module module : ModuleLayer.boot().modules()) {
      ClassLoader loader = module.getClassLoader();
      if (loader == null || loader == platform) {
        packages.addAll(module.getPackages());
      }
    }
    return packages;
  }

  /** Whether a class of this internal name belongs to the JDK. */
  static boolean contains(String internalName) {
    if (internalName.startsWith("java/")) {
      return true;
    }
    int slash = internalName.lastIndexOf('/');
    return slash >= 0 && PACKAGES.contains(internalName.substring(0, slash).replace('/', '.'));
  }

  /**
   * Whether a class of the JDK is an enum. This one loads the class, without initialising it: the
   * JDK's class files are costly to reach, and its classes harmless to load.
   */
  static boolean isEnum(String internalName) {
    try {
      return Class.forName(
              internalName.replace('/', '.'), false, ClassLoader.getPlatformClassLoader())
          .isEnum();
    } catch (ClassNotFoundException | LinkageError e) {
      return false;
    }
  }
}
