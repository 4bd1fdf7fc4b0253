package dev.holdfast.jna;

import com.sun.jna.Native;
import com.sun.jna.NativeLibrary;
import com.sun.jna.Platform;
import dev.holdfast.table.HandleException;
import dev.holdfast.table.Status;
import java.io.File;
import java.io.IOException;
import java.util.List;

/**
 * Finds libholdfast and opens it for all to see ({@code RTLD_GLOBAL}, JNA's default), because C
 * libraries find the runtime with {@code dlsym}.
 *
 * <ol>
 *   <li>If the process has it already (preloaded, or brought by another class loader), that one:
 *       two copies would keep two tables.
 *   <li>If a folder is named, the file in there, and no other.
 *   <li>The one inside our jar, extracted by JNA into its temporary folder.
 * </ol>
 */
final class LibraryFile {
  /** A symbol that only libholdfast has. */
  private static final String LANDMARK = "hfi_abi";

  private LibraryFile() {}

  static NativeLibrary open(String folder) {
    NativeLibrary process = NativeLibrary.getProcess();
    if (has(process, LANDMARK)) {
      return process;
    }
    return folder == null ? openOurs() : openIn(folder);
  }

  private static boolean has(NativeLibrary library, String symbol) {
    try {
      library.getGlobalVariableAddress(symbol);
      return true;
    } catch (UnsatisfiedLinkError e) {
      return false;
    }
  }

  private static NativeLibrary openIn(String folder) {
    File file = new File(folder, System.mapLibraryName("holdfast"));
    if (!file.isFile()) {
      throw missing("libdir=" + folder + ": no " + file.getName() + " in that folder");
    }
    return load(file);
  }

  private static NativeLibrary openOurs() {
    File file;
    try {
      file = Native.extractFromResourcePath("holdfast", LibraryFile.class.getClassLoader());
    } catch (IOException e) {
      throw missing(
          "no libholdfast for "
              + Platform.RESOURCE_PREFIX
              + ", or it cannot be extracted: "
              + e.getMessage()
              + "; build one and name its folder with libdir=DIR");
    }
    if (file == null) {
      throw missing(
          "JNA may not extract libholdfast (jna.nounpack="
              + System.getProperty("jna.nounpack")
              + "); extract it yourself and name its folder with libdir=DIR (agent) or -D"
              + NativeRuntime.FOLDER_PROPERTY
              + "=DIR");
    }
    try {
      return load(file);
    } finally {
      deleteIfExtracted(file);
    }
  }

  /** A library that is mapped needs its file no more; JNA does the same with its own. */
  private static void deleteIfExtracted(File file) {
    // JNA's prefix for what it extracts; a file from an unpacked class path has its real name.
    if (file.getName().startsWith("jna") && !file.delete()) {
      file.deleteOnExit();
    }
  }

  private static NativeLibrary load(File file) {
    try {
      return NativeLibrary.getInstance(file.getAbsolutePath());
    } catch (UnsatisfiedLinkError e) {
      throw missing(
          "cannot load libholdfast from "
              + file.getParent()
              + ": "
              + reason(e)
              + "; if nothing in that folder may be executed (noexec), put the library into another"
              + " one and name it with libdir=DIR (agent) or -D"
              + NativeRuntime.FOLDER_PROPERTY
              + "=DIR");
    }
  }

  static HandleException missing(String why) {
    return new HandleException(Status.ENORUNTIME, why);
  }

  /** JNA says on the first line what it tried, and below what the system said to it. */
  private static String reason(UnsatisfiedLinkError e) {
    List<String> lines = String.valueOf(e.getMessage()).lines().toList();
    return lines.get(Math.min(1, lines.size() - 1));
  }
}
