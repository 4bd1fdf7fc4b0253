package dev.holdfast.agent.rewrite;

import dev.holdfast.layout.LoaderName;
import dev.holdfast.stats.Log;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.concurrent.atomic.AtomicBoolean;

/** Writes rewritten classes into a directory, one folder for each class loader, to look inside. */
final class ClassDump {
  private final Path directory;
  private final AtomicBoolean failed = new AtomicBoolean();

  /** Dumps below this directory; null for no dump. */
  ClassDump(Path directory) {
    this.directory = directory;
  }

  void write(ClassLoader loader, String name, byte[] classFile) {
    if (directory == null) {
      return;
    }
    try {
      Path file =
          directory
              .resolve(LoaderName.of(loader).replaceAll("[^A-Za-z0-9_.@-]", "_"))
              .resolve(name + ".class");
      Files.createDirectories(file.getParent());
      Files.write(file, classFile);
    } catch (IOException | RuntimeException e) { // also a name that no file can bear
      String line = "dump=" + directory + ": " + name + " cannot be written: " + e;
      if (failed.compareAndSet(false, true)) {
        Log.warn(line + " (further ones are told at log=debug)");
      } else {
        Log.debug(line);
      }
    }
  }
}
