package dev.holdfast.agent;

import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.DirectoryStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Enumeration;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/** The class files of one package, from where this class itself came: the agent jar. */
final class HookClasses {
  private static final String SUFFIX = ".class";
  private static final String PACKAGE_INFO = "package-info";

  private HookClasses() {}

  /**
   * All classes of the package by internal name.
   *
   * @param packageName with slashes, also behind
   */
  static Map<String, byte[]> read(String packageName) throws IOException {
    File source;
    try {
      source =
          new File(HookClasses.class.getProtectionDomain().getCodeSource().getLocation().toURI());
    } catch (URISyntaxException e) {
      throw new IOException(e);
    }
    Map<String, byte[]> classFiles = new LinkedHashMap<>();
    if (source.isDirectory()) {
      readFolder(source.toPath().resolve(packageName), packageName, classFiles);
    } else {
      readJar(source, packageName, classFiles);
    }
    return classFiles;
  }

  private static void readJar(File file, String packageName, Map<String, byte[]> into)
      throws IOException {
    try (ZipFile jar = new ZipFile(file)) {
      for (Enumeration<? extends ZipEntry> all = jar.entries(); all.hasMoreElements(); ) {
        ZipEntry entry = all.nextElement();
        String name = entry.getName();
        if (name.startsWith(packageName) && isClass(name)) {
          try (InputStream in = jar.getInputStream(entry)) {
            into.put(withoutSuffix(name), in.readAllBytes());
          }
        }
      }
    }
  }

  private static void readFolder(Path folder, String packageName, Map<String, byte[]> into)
      throws IOException {
    try (DirectoryStream<Path> files = Files.newDirectoryStream(folder)) {
      for (Path file : files) {
        String name = packageName + file.getFileName();
        if (isClass(name)) {
          into.put(withoutSuffix(name), Files.readAllBytes(file));
        }
      }
    }
  }

  private static boolean isClass(String name) {
    return name.endsWith(SUFFIX) && !name.endsWith(PACKAGE_INFO + SUFFIX);
  }

  private static String withoutSuffix(String name) {
    return name.substring(0, name.length() - SUFFIX.length());
  }
}
