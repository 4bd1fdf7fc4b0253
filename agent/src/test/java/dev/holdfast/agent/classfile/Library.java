package dev.holdfast.agent.classfile;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarEntry;
import java.util.jar.JarFile;

/** Class files that others made. */
final class Library {
  private Library() {}

  /** All classes of the jar that a class is in. */
  static List<ClassBytes> of(String className) throws Exception {
    File jar =
        new File(
            Class.forName(className).getProtectionDomain().getCodeSource().getLocation().toURI());
    List<ClassBytes> classes = new ArrayList<>();
    try (JarFile file = new JarFile(jar)) {
      for (JarEntry entry : file.stream().filter(e -> e.getName().endsWith(".class")).toList()) {
        classes.add(new ClassBytes(new ConstantPool(bytes(file, entry))));
      }
    }
    return classes;
  }

  private static byte[] bytes(JarFile file, JarEntry entry) throws IOException {
    try (InputStream in = file.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }
}
