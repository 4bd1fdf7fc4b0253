package dev.holdfast;

import com.sun.jna.Library;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import java.io.File;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * C libraries that stay loaded. JNA closes one once Java has forgotten its proxy; but C may hold
 * Java objects then, run on threads of its own, and be told to destroy them.
 */
final class ResidentLibraries {
  /** C's {@code RTLD_LAZY | RTLD_NOLOAD | RTLD_NODELETE}. */
  private static final int LINUX = 0x1 | 0x4 | 0x1000;

  private static final int MAC = 0x1 | 0x10 | 0x80;

  /** Those of which the linker could not be told. */
  private static final Set<NativeLibrary> KEPT = ConcurrentHashMap.newKeySet();

  private ResidentLibraries() {}

  /** Has the linker keep a loaded library to the process's end. */
  static void add(NativeLibrary library) {
    File file = library.getFile();
    if (file == null) {
      return; // the process itself
    }
    if (!Platform.isLinux() && !Platform.isMac()) {
      KEPT.add(library);
      return;
    }
    try {
      // The linker knows it by this name, also if JNA has deleted the file that it had extracted.
      NativeLibrary.getInstance(
          file.getPath(), Map.of(Library.OPTION_OPEN_FLAGS, Platform.isLinux() ? LINUX : MAC));
    } catch (UnsatisfiedLinkError e) {
      KEPT.add(library);
    }
  }
}
