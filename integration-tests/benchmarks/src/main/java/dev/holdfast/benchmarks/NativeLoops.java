package dev.holdfast.benchmarks;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Locale;

/**
 * The loops in C. All are entered by JNI, once for thousands of rounds, so that the way in costs
 * all of them the same and nothing that can be seen.
 */
final class NativeLoops {
  static {
    load();
  }

  private NativeLoops() {}

  /**
   * Has the library find Holdfast; asked for after the first hand-over, which loads libholdfast.
   *
   * @throws IllegalStateException if it is not found or {@code managed.Node} is laid out otherwise
   */
  static native void begin();

  /** Sum of a list of {@code managed.Node}s, read from their mirrors; -1 if one has none. */
  static native long walkMirrors(long head);

  /** Sum of a list of {@code plain.Node}s, read through JNI. */
  static native long walkJni(Object head);

  /** {@code hf_retain} and {@code hf_release} of a counted handle. */
  static native void retainAndRelease(long handle, int rounds);

  /** C11's atomic_fetch_add and atomic_fetch_sub of a word of 64 bits. */
  static native void addAndSubtract(int rounds);

  /** NewGlobalRef and DeleteGlobalRef. */
  static native void globalReference(Object object, int rounds);

  /** Sum of {@code Integer.intValue()}, by {@code hf_call} on a counted handle; -1 if it fails. */
  static native long callMethod(long handle, int rounds);

  /** The same by CallIntMethod. */
  static native long callIntMethod(Object object, int rounds);

  /** Sum of a list of {@code managed.Node}s, read in blocks of handles; negative if it fails. */
  static native long readInBlocks(long list);

  /** Sum of a list of {@code plain.Node}s, got one by one through JNI. */
  static native long readByGet(Object list, int size);

  private static void load() {
    String library = platform() + "/" + System.mapLibraryName("holdfastbench");
    try (InputStream in = NativeLoops.class.getClassLoader().getResourceAsStream(library)) {
      if (in == null) {
        throw new UnsatisfiedLinkError(library + " is not in the class path");
      }
      Path copy = Files.createTempFile("holdfastbench", null);
      try {
        Files.copy(in, copy, StandardCopyOption.REPLACE_EXISTING);
        System.load(copy.toString());
      } finally {
        Files.delete(copy);
      }
    } catch (IOException e) {
      throw new UncheckedIOException(library + " cannot be extracted", e);
    }
  }

  private static String platform() {
    String os = System.getProperty("os.name").toLowerCase(Locale.ROOT);
    String arch = System.getProperty("os.arch");
    boolean x86 = arch.equals("amd64") || arch.equals("x86_64");
    return (os.startsWith("mac") ? "darwin" : "linux") + (x86 ? "-x86-64" : "-aarch64");
  }
}
