package dev.holdfast.agent.rewrite;

/**
 * What all steps of one class's rewriting share.
 *
 * @param loader the class's defining loader
 * @param classes which classes are managed
 * @param keys numbers for classes and fields
 * @param hooks the calls to insert
 * @param adoptAtSites whether objects are adopted where they are allocated
 */
record RewriteContext(
    ClassLoader loader,
    ManagedClasses classes,
    LayoutKeys keys,
    HookCalls hooks,
    boolean adoptAtSites) {
  /** Whether code that names this class may concern a managed one. */
  boolean mayBeManaged(String internalName) {
    return internalName.charAt(0) != '[' && classes.mayBeManaged(loader, internalName);
  }

  int classKey(String internalName) {
    return keys.classKey(loader, internalName.replace('/', '.'));
  }
}
