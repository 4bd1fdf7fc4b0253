package dev.holdfast.layout;

/** A class loader's name for a person, without a call of the program's own code. */
public final class LoaderName {
  private LoaderName() {}

  public static String of(ClassLoader loader) {
    if (loader == null) {
      return "boot";
    }
    boolean ofTheJvm = loader.getClass().getClassLoader() == null;
    String name = ofTheJvm ? loader.getName() : null;
    return name != null
        ? name
        : loader.getClass().getName() + "@" + Integer.toHexString(System.identityHashCode(loader));
  }
}
