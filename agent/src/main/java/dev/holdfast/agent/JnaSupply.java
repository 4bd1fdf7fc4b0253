package dev.holdfast.agent;

import dev.holdfast.stats.Log;
import java.io.File;
import java.io.IOException;
import java.io.InputStream;
import java.lang.instrument.ClassFileTransformer;
import java.lang.instrument.Instrumentation;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileAlreadyExistsException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.ProtectionDomain;
import java.util.jar.JarFile;

/**
 * Adds JNA to the system class path if it has none. JNA cannot be relocated, because its native
 * code names its classes, nor can it be in the boot loader: it travels as a jar inside ours, and
 * the class path takes only files.
 *
 * <p>To extract it takes 30 ms, which {@code premain} should not spend: it is done when the first
 * class that names a class of JNA is about to be defined, or for the late start, whichever comes
 * first. Nothing of JNA is loaded here.
 */
final class JnaSupply implements ClassFileTransformer {
  private static final String JNA = "com/sun/jna/";
  private static final String LANDMARK = JNA + "Native.class";
  private static final String NESTED = "META-INF/holdfast/jna.jar";
  private static final String FILE = "jna.jar";
  private static final int ATTEMPTS = 100;

  private final Instrumentation instrumentation;
  private final Path libdir;
  private volatile boolean provided;

  /**
   * @param libdir where {@code jna.jar} and the native libraries lie, or null to extract them
   */
  JnaSupply(Instrumentation instrumentation, Path libdir) {
    this.instrumentation = instrumentation;
    this.libdir = libdir;
  }

  /** Watches for the first class that needs it. */
  void arrange() {
    if (libdir != null) {
      String folder = libdir.toAbsolutePath().toString();
      setIfAbsent("holdfast.libdir", folder);
      setIfAbsent("jna.boot.library.path", folder);
    }
    instrumentation.addTransformer(this);
  }

  @Override
  public byte[] transform(
      ClassLoader loader,
      String name,
      Class<?> redefined,
      ProtectionDomain domain,
      byte[] classFile) {
    try {
      if (loader != null && !provided && mentionsJna(classFile)) {
        provide();
      }
    } catch (Throwable e) {
      Log.warn(Failure.line(e));
    }
    return null;
  }

  /** Names of its packages stand in a class file as they are. */
  private static boolean mentionsJna(byte[] classFile) {
    return new String(classFile, StandardCharsets.ISO_8859_1).contains(JNA);
  }

  /**
   * Sees to it that JNA can be loaded.
   *
   * @throws IllegalStateException if there is none and ours cannot be extracted
   */
  synchronized void provide() {
    if (!provided) {
      try {
        addIfAbsent();
      } finally {
        provided = true; // not before: who needs JNA meanwhile waits for the lock
        instrumentation.removeTransformer(this);
      }
    }
  }

  private void addIfAbsent() {
    if (ClassLoader.getSystemResource(LANDMARK) != null) {
      return; // its version is checked when it is loaded
    }
    Path file = libdir == null ? extract() : libdir.resolve(FILE);
    try (JarFile jar = new JarFile(file.toFile())) {
      instrumentation.appendToSystemClassLoaderSearch(jar);
    } catch (IOException e) {
      throw new IllegalStateException(
          "no JNA on the class path, and none in " + file + ": " + e, e);
    }
  }

  private static void setIfAbsent(String property, String value) {
    if (System.getProperty(property) == null) {
      System.setProperty(property, value);
    }
  }

  /** Our JNA as a file of its own, deleted when the JVM ends. */
  private static Path extract() {
    String folder = System.getProperty("java.io.tmpdir");
    try (InputStream nested = ClassLoader.getSystemResourceAsStream(NESTED)) {
      if (nested == null) {
        throw new IOException("the agent jar has no " + NESTED);
      }
      byte[] bytes = nested.readAllBytes();
      for (int attempt = 0; ; attempt++) {
        // Created by us or not at all: a file that somebody else put there is never loaded.
        File file = new File(folder, "holdfast-jna-" + System.nanoTime() + ".jar");
        try {
          Files.write(file.toPath(), bytes, StandardOpenOption.CREATE_NEW);
          file.deleteOnExit();
          return file.toPath();
        } catch (FileAlreadyExistsException e) {
          if (attempt == ATTEMPTS) {
            throw e;
          }
        }
      }
    } catch (IOException e) {
      throw new IllegalStateException(
          "JNA cannot be extracted to "
              + folder
              + " ("
              + e
              + "); put "
              + FILE
              + " into a folder and name it with libdir=DIR, or put it on the class path",
          e);
    }
  }
}
