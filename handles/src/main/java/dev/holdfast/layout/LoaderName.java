package dev.holdfast.layout;

/** A class loader's name for a person. Not by its {@code toString}, which is the program's code. */
public final class LoaderName {
  private LoaderName() {}

  public static String of(ClassLoader loader) {
    if (loader == null) {
      return "boot";
    }
    String name = loader.getName();
    return name != null
        ? name
        : loader.getClass().getName() + "@" + Integer.toHexString(System.identityHashCode(loader));
  }
}
