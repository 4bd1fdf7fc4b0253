package dev.holdfast.agent.rewrite;

import dev.holdfast.agent.classfile.Member;

/**
 * What all steps of one class's rewriting share.
 *
 * @param loader the class's defining loader
 * @param classes which classes are managed
 * @param keys numbers for classes and fields
 * @param hooks the calls to insert
 * @param resolveSites whether to look for superclasses of the classes at allocation sites; else
 *     only those count that are known to be managed
 * @param adoptAtSites whether objects are adopted where they are allocated
 */
record RewriteContext(
    ClassLoader loader,
    ManagedClasses classes,
    LayoutKeys keys,
    HookCalls hooks,
    boolean resolveSites,
    boolean adoptAtSites) {
  /** Whether objects of this class are adopted where they are made. */
  boolean isSite(String internalName) {
    if (!adoptAtSites || internalName.charAt(0) == '[') {
      return false;
    }
    return resolveSites
        ? classes.mayBeManaged(loader, internalName)
        : classes.isKnownManaged(loader, internalName);
  }

  /**
   * The key of the allocation site at an offset in a method.
   *
   * @param made internal name of the class of its objects
   * @param in binary name of the class that the method is in
   */
  int siteKey(String made, String in, Member method, int pc) {
    return keys.siteKey(loader, made.replace('/', '.'), in, method.name(), method.line(pc));
  }
}
