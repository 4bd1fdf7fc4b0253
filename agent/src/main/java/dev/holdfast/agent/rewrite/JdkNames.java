package dev.holdfast.agent.rewrite;

import java.util.HashSet;
import java.util.Set;

/** Which names belong to the JDK's own modules, told without loading anything. */
final class JdkNames {
  /** First parts of all package names in the JDK; another one only costs a look at a class file. */
  private static final Set<String> FIRST_PARTS =
      Set.of("java", "javax", "jdk", "sun", "com", "org", "netscape");

  private JdkNames() {}

  /** Whether a class of this internal name belongs to the JDK. */
  static boolean contains(String internalName) {
    if (internalName.startsWith("java/")) {
      return true;
    }
    int slash = internalName.indexOf('/');
    return slash >= 0
        && FIRST_PARTS.contains(internalName.substring(0, slash))
        && Packages.ALL.contains(
            internalName.substring(0, internalName.lastIndexOf('/')).replace('/', '.'));
  }

  /** Made when it is first asked for. */
  private static final class Packages {
    static final Set<String> ALL = collect();

    private static Set<String> collect() {
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
