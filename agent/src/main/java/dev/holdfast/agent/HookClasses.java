package dev.holdfast.agent;

import dev.holdfast.agent.classfile.ConstantPool;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.Files;
import java.util.ArrayDeque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * The class files of the hooks, from where this class itself came: the agent jar, or a folder of
 * classes. Found by following who mentions whom, because to list the jar takes 10 ms.
 */
final class HookClasses {
  /** The classes whose public static methods rewritten code can reach. */
  static final String[] ENTRIES = {
    "dev/holdfast/hook/Hooks", "dev/holdfast/hook/ConstructorReference"
  };

  /** Those that none of the entries leads to; a test knows if one is missing here. */
  private static final String[] MORE = {"dev/holdfast/hook/Mirrors", "dev/holdfast/hook/Edges"};

  private static final String PACKAGE = "dev/holdfast/hook/";
  private static final String SUFFIX = ".class";

  private HookClasses() {}

  /** All of them by internal name. */
  static Map<String, byte[]> read() throws IOException {
    File source;
    try {
      source =
          new File(HookClasses.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
    return read(source);
  }

  /** All of them, from this jar or folder. */
  static Map<String, byte[]> read(File source) throws IOException {
    if (source.isDirectory()) {
      return closure(source, null);
    }
    try (ZipFile jar = new ZipFile(source)) {
      return closure(source, jar);
    }
  }

  private static Map<String, byte[]> closure(File source, ZipFile jar) throws IOException {
    Map<String, byte[]> found = new LinkedHashMap<>();
    ArrayDeque<String> waiting = new ArrayDeque<>(List.of(ENTRIES));
    waiting.addAll(List.of(MORE));
    for (String name = waiting.poll(); name != null; name = waiting.poll()) {
      if (found.containsKey(name)) {
        continue;
      }
      byte[] classFile = read(name + SUFFIX, source, jar);
      found.put(name, classFile);
      ConstantPool pool = new ConstantPool(classFile);
      for (int i = 1; i < pool.size(); i++) {
        String mentioned = pool.className(i);
        if (mentioned != null && mentioned.startsWith(PACKAGE)) {
          waiting.add(mentioned);
        }
      }
    }
    return found;
  }

  private static byte[] read(String file, File source, ZipFile jar) throws IOException {
    if (jar == null) {
      return Files.readAllBytes(source.toPath().resolve(file));
    }
    ZipEntry entry = jar.getEntry(file);
    if (entry == null) {
      throw new IOException(source + " has no " + file);
    }
    try (InputStream in = jar.getInputStream(entry)) {
      return in.readAllBytes();
    }
  }
}
