package dev.holdfast.agent.rewrite;

import dev.holdfast.layout.ClassShape;

/** What the rewriting needs of the runtime: numbers to put into code, and somebody to tell. */
public interface LayoutKeys {
  /**
   * The number by which code names an allocation site. The same for the same site, and valid as
   * long as the JVM runs.
   *
   * @param made binary name of the class of its objects, as this loader finds it
   * @param in binary name of the class whose code it stands in
   * @param line 0 if the class file does not say
   */
  int siteKey(ClassLoader loader, String made, String in, String method, int line);

  /**
   * Likewise for a field; the owner is the one that the code names, which may inherit the field.
   */
  int fieldKey(ClassLoader loader, String ownerBinaryName, String name, String descriptor);

  /** Tells of a managed class that is about to be defined by this loader. */
  void record(ClassLoader loader, ClassShape shape);

  /**
   * Tells of a selected class that gets no mirrors.
   *
   * @param reason why, for a person
   */
  void leftAlone(ClassLoader loader, String binaryName, String reason);
}
