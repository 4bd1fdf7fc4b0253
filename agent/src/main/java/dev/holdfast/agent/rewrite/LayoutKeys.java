package dev.holdfast.agent.rewrite;

import dev.holdfast.layout.ClassShape;

/** What the rewriting needs of the runtime: numbers to put into code, and somebody to tell. */
public interface LayoutKeys {
  /**
   * The number by which code names a class that this loader finds by that binary name. The same for
   * the same class, and valid as long as the JVM runs.
   */
  int classKey(ClassLoader loader, String binaryName);

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
