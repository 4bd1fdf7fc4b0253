package dev.holdfast.jna;

import com.sun.jna.Native;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Which JNA the application brings, and whether it is new enough. */
final class JnaVersion {
  /** The oldest that our tests pass with. */
  static final String OLDEST = "5.8.0";

  private static final Pattern NUMBERS = Pattern.compile("(\\d+)\\.(\\d+).*");

  private JnaVersion() {}

  /** Throws {@code HF_ENORUNTIME} if JNA is missing, cannot load, or is too old. */
  static void check() {
    String found;
    try {
      found = of(Native.class);
      Native.getDefaultStringEncoding(); // loads JNA's own native library
    } catch (LinkageError e) {
      throw LibraryFile.missing(why(e));
    }
    if (found != null && !isEnough(found)) {
      throw LibraryFile.missing(
          "JNA " + found + " is too old: Holdfast needs " + OLDEST + " or later");
    }
  }

  /**
   * The version that the classes themselves tell, whatever jar they were packed into; null if it
   * cannot be read.
   */
  static String of(Class<?> jnaNative) {
    try {
      // Not Native.VERSION: the compiler would copy that constant into this class.
      Field version = jnaNative.getField("VERSION");
      version.setAccessible(true); // it is in an interface that is not public
      return (String) version.get(null);
    } catch (ReflectiveOperationException | InaccessibleObjectException e) {
      return null;
    }
  }

  /**
   * What failed and what helps. The JVM wraps what JNA's static initialiser has thrown; to who
   * comes later it tells only its class and message, within those of another error.
   */
  static String why(LinkageError e) {
    if (String.valueOf(e.getMessage()).startsWith("com/sun/jna/")) {
      return "JNA is not on the class path: add net.java.dev.jna:jna, " + OLDEST + " or later";
    }
    Throwable root = e;
    while (root.getCause() != null) {
      root = root.getCause();
    }
    return "JNA cannot load its own native library: " + root + cure(root.toString());
  }

  private static String cure(String thrown) {
    if (thrown.contains("UnsatisfiedLinkError")) {
      return "; if nothing in that folder may be executed (noexec), name another one with"
          + " -Djna.tmpdir=DIR, or put libjnidispatch into the folder of libdir=DIR";
    }
    if (thrown.contains("IllegalCallerException")) {
      return "; allow it with --enable-native-access=ALL-UNNAMED (of modules:"
          + " --enable-native-access=com.sun.jna,dev.holdfast)";
    }
    if (thrown.contains("AccessControlException")) {
      return "; grant that to JNA's jar too, to which the class path or libdir=DIR gives a fixed"
          + " place";
    }
    return "";
  }

  /** Whether a version is at least {@link #OLDEST}; one that cannot be read is taken to be. */
  static boolean isEnough(String version) {
    Matcher found = NUMBERS.matcher(version);
    Matcher oldest = NUMBERS.matcher(OLDEST);
    if (!found.matches() || !oldest.matches()) {
      return true;
    }
    int major = Integer.parseInt(found.group(1));
    int oldestMajor = Integer.parseInt(oldest.group(1));
    if (major != oldestMajor) {
      return major > oldestMajor;
    }
    return Integer.parseInt(found.group(2)) >= Integer.parseInt(oldest.group(2));
  }
}
