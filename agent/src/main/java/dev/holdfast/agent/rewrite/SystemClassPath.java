package dev.holdfast.agent.rewrite;

import java.io.IOException;
import java.io.InputStream;
import jdk.internal.loader.BuiltinClassLoader;
import jdk.internal.loader.Resource;
import jdk.internal.loader.URLClassPath;
import jdk.internal.misc.Unsafe;

/**
 * Opens files of the class path as the JVM's own class loader does to define classes. {@link
 * ClassLoader#getResourceAsStream} gives the same, but opens each jar a second time and takes the
 * way of a URL: of all that the agent costs a program of which nothing is selected, that was the
 * largest part. Where this JVM does not let us, or has modules beside the class path, nothing is
 * found here.
 */
final class SystemClassPath {
  private static final long NONE = -1;
  private static final long CLASS_PATH = offset();

  private SystemClassPath() {}

  /** Null if the file is not on the class path of this loader, or the loader has none. */
  static InputStream open(ClassLoader loader, String file) throws IOException {
    if (CLASS_PATH == NONE || !(loader instanceof BuiltinClassLoader)) {
      return null;
    }
    try {
      URLClassPath path = (URLClassPath) Unsafe.getUnsafe().getReference(loader, CLASS_PATH);
      Resource found = path == null ? null : path.getResource(file);
      return found == null ? null : found.getInputStream();
    } catch (LinkageError e) {
      return null; // another JDK's classes
    }
  }

  private static long offset() {
    if (System.getProperty("jdk.module.path") != null) {
      return NONE; // a class in the package of a module there is not the class path's
    }
    try {
      return Unsafe.getUnsafe().objectFieldOffset(BuiltinClassLoader.class, "ucp");
    } catch (InternalError | LinkageError e) {
      return NONE;
    }
  }
}
