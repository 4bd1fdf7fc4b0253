package dev.holdfast.agent.rewrite;

import dev.holdfast.agent.classfile.ConstantPool;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/** Which names belong to the JDK's own modules, told without loading anything. */
final class JdkNames {
  /** First parts of all package names in the JDK; another one only costs a look at a class file. */
  private static final Set<String> FIRST_PARTS =
      Set.of("java", "javax", "jdk", "sun", "com", "org", "netscape");

  /** What most fields are of; none is an enum. */
  private static final Set<String> COMMON =
      Set.of(
          "java/lang/Object",
          "java/lang/String",
          "java/lang/Integer",
          "java/lang/Long",
          "java/lang/Double",
          "java/lang/Boolean",
          "java/lang/Class",
          "java/util/List",
          "java/util/Map",
          "java/util/Set",
          "java/util/Collection");

  private static final Map<String, Boolean> ENUMS = new ConcurrentHashMap<>();

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
   * Whether a class of the JDK is an enum, by its class file. The class is not loaded: what is
   * loaded while a class is transformed passes by every agent.
   */
  static boolean isEnum(String internalName) {
    if (COMMON.contains(internalName)) {
      return false;
    }
    Boolean known = ENUMS.get(internalName);
    if (known == null) {
      known = readIsEnum(internalName);
      ENUMS.put(internalName, known);
    }
    return known;
  }

  private static boolean readIsEnum(String internalName) {
    String file = internalName + ".class";
    try (InputStream in = ClassLoader.getPlatformClassLoader().getResourceAsStream(file)) {
      return in != null && new ConstantPool(in.readAllBytes()).isEnum();
    } catch (IOException e) {
      return false;
    }
  }
}
