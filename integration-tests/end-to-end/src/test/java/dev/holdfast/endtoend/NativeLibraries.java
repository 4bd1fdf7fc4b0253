package dev.holdfast.endtoend;

import static java.util.Objects.requireNonNull;

import dev.holdfast.endtoend.harness.Jvm;
import java.io.IOException;
import java.io.InputStream;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.jar.JarFile;
import java.util.jar.JarInputStream;
import java.util.zip.ZipEntry;

/** What a person puts into a folder for {@code libdir=}: JNA and both libraries, from our jar. */
final class NativeLibraries {
  private static final String PLATFORM = System.getProperty("holdfast.platform");

  private NativeLibraries() {}

  static void extractTo(Path folder) throws IOException {
    try (JarFile jar = new JarFile(Jvm.AGENT.toFile())) {
      String holdfast = System.mapLibraryName("holdfast");
      ZipEntry entry = requireNonNull(jar.getEntry(PLATFORM + "/" + holdfast), PLATFORM);
      try (InputStream in = jar.getInputStream(entry)) {
        Files.copy(in, folder.resolve(holdfast));
      }
      extractJna(jar, folder);
    }
  }

  private static void extractJna(JarFile jar, Path folder) throws IOException {
    String jnidispatch = System.mapLibraryName("jnidispatch");
    String wanted = "com/sun/jna/" + PLATFORM + "/" + jnidispatch;
    ZipEntry nested = requireNonNull(jar.getEntry("META-INF/holdfast/jna.jar"), "jna.jar");
    try (InputStream in = jar.getInputStream(nested)) {
      Files.copy(in, folder.resolve("jna.jar"));
    }
    try (JarInputStream jna = new JarInputStream(jar.getInputStream(nested))) {
      for (ZipEntry entry = jna.getNextEntry(); entry != null; entry = jna.getNextEntry()) {
        if (entry.getName().equals(wanted)) {
          Files.copy(jna, folder.resolve(jnidispatch));
          return;
        }
      }
    }
    throw new IOException("no " + wanted + " in jna.jar");
  }
}
