package dev.holdfast.agent.rewrite;

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

  int classKey(String internalName) {
    return keys.classKey(loader, internalName.replace('/', '.'));
  }
}
