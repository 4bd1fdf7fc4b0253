package dev.holdfast.agent.rewrite;

import dev.holdfast.agent.classfile.ConstantPool;
import java.io.IOException;
import java.io.InputStream;
import java.net.URL;
import java.util.Arrays;
import net.bytebuddy.dynamic.ClassFileLocator;

/** The files of classes that may not be loaded yet, found as their class loader finds them. */
final class ClassFiles {
  /** Most constant pools end before. */
  private static final int FIRST_BYTES = 8 << 10;

  private ClassFiles() {}

  /** The class file as the loader gives it; null if it gives none. */
  static byte[] find(ClassLoader loader, String name) {
    try (InputStream file = SystemClassPath.open(loader, name + ".class")) {
      return file == null ? locate(loader, name) : file.readAllBytes();
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }

  /**
   * Its constant pool, of which nothing but the names may be asked: the file may have been read no
   * further. Null if there is none, or it is no class file: some loaders decipher theirs only to
   * define them.
   */
  static ConstantPool findPool(ClassLoader loader, String name) {
    try (InputStream file = SystemClassPath.open(loader, name + ".class")) {
      if (file != null) {
        return readPool(file);
      }
      byte[] bytes = locate(loader, name);
      return bytes == null ? null : new ConstantPool(bytes);
    } catch (IOException | RuntimeException e) {
      return null;
    }
  }

  /** Whether the JDK has the class. Some loaders bring their own in packages of the JDK's. */
  static boolean isOfTheJdk(ClassLoader loader, String name) {
    if (!JdkNames.contains(name)) {
      return false;
    }
    try {
      URL file = loader.getResource(name + ".class");
      return file == null || file.getProtocol().equals("jrt");
    } catch (RuntimeException e) {
      return true;
    }
  }

  private static byte[] locate(ClassLoader loader, String name) throws IOException {
    ClassFileLocator.Resolution found =
        ClassFileLocator.ForClassLoader.of(loader).locate(name.replace('/', '.'));
    return found.isResolved() ? found.resolve() : null;
  }

  private static ConstantPool readPool(InputStream file) throws IOException {
    byte[] bytes = file.readNBytes(FIRST_BYTES);
    while (true) {
      try {
        return new ConstantPool(bytes);
      } catch (IndexOutOfBoundsException e) {
        byte[] more = file.readNBytes(bytes.length);
        if (more.length == 0) {
          throw e;
        }
        int length = bytes.length;
        bytes = Arrays.copyOf(bytes, length + more.length);
        System.arraycopy(more, 0, bytes, length, more.length);
      }
    }
  }
}
