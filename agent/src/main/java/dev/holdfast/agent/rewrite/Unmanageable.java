package dev.holdfast.agent.rewrite;

/**
 * A class that was left as it was.
 *
 * @param name binary name
 * @param loader the class loader, as a person can recognise it
 * @param reason why
 */
public record Unmanageable(String name, String loader, String reason) {
  @Override
  public String toString() {
    return name + " (" + loader + "): " + reason;
  }

  static String describe(ClassLoader loader) {
    if (loader == null) {
      return "boot";
    }
    String kind = loader.getClass().getName();
    String name = loader.getName();
    return name == null ? kind + "@" + Integer.toHexString(System.identityHashCode(loader)) : name;
  }
}
