package dev.holdfast.agent.rewrite;

/** A class loader's name for a person. Not by its {@code toString}, which is the program's code. */
final class LoaderName {
  private LoaderName() {}

  static String of(ClassLoader loader) {
    if (loader == null) {
      return "boot";
    }
    String name = loader.getName();
    return name != null
        ? name
        : loader.getClass().getName() + "@" + Integer.toHexString(System.identityHashCode(loader));
  }
}
