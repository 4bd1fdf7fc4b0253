package dev.holdfast.agent.header;

import java.io.File;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.jar.JarFile;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

/**
 * Class files by name, as a JVM started with this class path would find them: the JDK's own first,
 * then directories and jars (with the multi-release parts for this Java version, and {@code dir/*}
 * for all jars of a directory).
 */
public final class ClassPath implements AutoCloseable {
  private static final Path JDK_PACKAGES =
      FileSystems.getFileSystem(URI.create("jrt:/")).getPath("/packages");

  private final String text;
  private final List<Object> entries = new ArrayList<>();
  private final List<String> missing = new ArrayList<>();

  /**
   * Opens a class path.
   *
   * @param text entries between {@link File#pathSeparatorChar}; those that do not exist are only
   *     remembered for messages
   * @throws HeaderException if an entry cannot be read
   */
  public ClassPath(String text) {
    this.text = text;
    try {
      for (String entry : text.split(File.pathSeparator)) {
        if (entry.equals("*") || entry.endsWith(File.separator + "*")) {
          openJarsOf(entry.substring(0, entry.length() - 1));
        } else if (!entry.isEmpty()) {
          open(Path.of(entry));
        }
      }
    } catch (HeaderException e) {
      close();
      throw e;
    }
  }

  private void openJarsOf(String directory) {
    Path path = Path.of(directory);
    if (!Files.isDirectory(path)) {
      missing.add(directory + "*");
      return;
    }
    try (Stream<Path> files = Files.list(path)) {
      files.filter(file -> file.toString().matches("(?i).*\\.jar")).sorted().forEach(this::open);
    } catch (IOException e) {
      throw unreadable(path, e);
    }
  }

  private void open(Path entry) {
    if (Files.isDirectory(entry)) {
      entries.add(entry);
    } else if (Files.exists(entry)) {
      try {
        entries.add(
            new JarFile(entry.toFile(), false, ZipFile.OPEN_READ, JarFile.runtimeVersion()));
      } catch (IOException e) {
        throw unreadable(entry, e);
      }
    } else {
      missing.add(entry.toString());
    }
  }

  private static HeaderException unreadable(Path entry, IOException cause) {
    return new HeaderException(
        "'" + entry + "' on the class path cannot be read: " + cause.getMessage(), cause);
  }

  /**
   * The bytes of a class file.
   *
   * @param name binary name with dots
   * @return null if no such class is found
   */
  public byte[] find(String name) {
    String file = name.replace('.', '/') + ".class";
    try {
      byte[] found = findInJdk(name, file);
      for (int i = 0; found == null && i < entries.size(); i++) {
        found = read(entries.get(i), file);
      }
      return found;
    } catch (IOException e) {
      throw new HeaderException(name + ": cannot be read from " + this + ": " + e.getMessage(), e);
    }
  }

  /** Looks in the modules that have the package, of the JDK that runs this tool. */
  private static byte[] findInJdk(String name, String file) throws IOException {
    int dot = name.lastIndexOf('.');
    if (dot < 0) {
      return null;
    }
    Path links = JDK_PACKAGES.resolve(name.substring(0, dot));
    if (!Files.isDirectory(links)) {
      return null;
    }
    try (Stream<Path> modules = Files.list(links)) {
      for (Path module : (Iterable<Path>) modules::iterator) {
        Path found = module.resolve(file);
        if (Files.exists(found)) {
          return Files.readAllBytes(found);
        }
      }
    }
    return null;
  }

  private static byte[] read(Object entry, String file) throws IOException {
    if (entry instanceof Path directory) {
      Path path = directory.resolve(file);
      return Files.isRegularFile(path) ? Files.readAllBytes(path) : null;
    }
    JarFile jar = (JarFile) entry;
    ZipEntry found = jar.getEntry(file);
    if (found == null) {
      return null;
    }
    try (var in = jar.getInputStream(found)) {
      return in.readAllBytes();
    }
  }

  @Override
  public void close() {
    for (Object entry : entries) {
      if (entry instanceof JarFile jar) {
        try {
          jar.close();
        } catch (IOException e) {
          throw new UncheckedIOException(e);
        }
      }
    }
  }

  /** The class path as it was given, and which of its entries do not exist. */
  @Override
  public String toString() {
    return "class path '"
        + text
        + "'"
        + (missing.isEmpty() ? "" : " (does not exist: " + String.join(", ", missing) + ")");
  }
}
