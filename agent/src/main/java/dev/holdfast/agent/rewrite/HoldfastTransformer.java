package dev.holdfast.agent.rewrite;

import dev.holdfast.agent.options.Selection;
import dev.holdfast.stats.Log;
import java.lang.instrument.ClassFileTransformer;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.List;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;

/**
 * What the JVM calls for every class file.
 *
 * <p>Most classes concern us not at all, and are told apart by their constant pools. {@link
 * #transform} never throws: a class that cannot be rewritten is left as it was, with one line in
 * the log and a row in {@link #unmanageable}.
 */
public final class HoldfastTransformer implements ClassFileTransformer {
  private final ManagedClasses classes;
  private final LayoutKeys keys;
  private final String hookOwner;
  private final boolean adoptAtSites;
  private final ClassDump dump;
  private final ClassLoader platform = ClassLoader.getPlatformClassLoader();
  private final Queue<Unmanageable> unmanageable = new ConcurrentLinkedQueue<>();
  private volatile Runnable beforeHiddenFields;

  /**
   * @param selection the classes that the user selected
   * @param keys the runtime
   * @param adoptAtSites whether objects are adopted where they are allocated
   * @param dump directory for rewritten classes, or null
   */
  public HoldfastTransformer(
      Selection selection, LayoutKeys keys, boolean adoptAtSites, Path dump) {
    this(selection, keys, adoptAtSites, dump, HookCalls.ENTRY);
  }

  HoldfastTransformer(
      Selection selection, LayoutKeys keys, boolean adoptAtSites, Path dump, String hookOwner) {
    classes = new ManagedClasses(selection);
    this.keys = keys;
    this.adoptAtSites = adoptAtSites;
    this.dump = new ClassDump(dump);
    this.hookOwner = hookOwner;
  }

  @Override
  public byte[] transform(
      ClassLoader loader,
      String name,
      Class<?> redefined,
      ProtectionDomain domain,
      byte[] classFile) {
    if (loader == null || loader == platform || name == null || Selection.isOwn(name)) {
      return null;
    }
    try {
      ConstantPool pool = new ConstantPool(classFile);
      if (!classes.isManaged(loader, pool, classFile) && !mentionsManaged(loader, pool)) {
        return null;
      }
      byte[] rewritten = rewrite(loader, pool, classFile, redefined != null);
      if (rewritten == null) {
        return null;
      }
      dump.write(loader, name, rewritten);
      Runnable before = beforeHiddenFields;
      if (before != null && classes.hasHiddenFields(loader, name)) {
        before.run();
      }
      return rewritten;
    } catch (Throwable e) {
      giveUp(loader, name, redefined, e);
      return null;
    }
  }

  /** Loads ASM: only what comes here costs that. */
  private byte[] rewrite(ClassLoader loader, ConstantPool pool, byte[] classFile, boolean loaded) {
    RewriteContext context =
        new RewriteContext(loader, classes, keys, new HookCalls(hookOwner), adoptAtSites);
    ClassRewriter rewriter = new ClassRewriter(context, classFile, pool);
    return loaded ? rewriter.redefine() : rewriter.define();
  }

  /** Whether the class may make, write or clone an object of a managed class. */
  private boolean mentionsManaged(ClassLoader loader, ConstantPool pool) {
    boolean[] asked = new boolean[pool.size()];
    for (int i = 1; i < pool.size(); i++) {
      int tag = pool.tag(i);
      boolean method = tag == ConstantPool.METHOD_REF || tag == ConstantPool.INTERFACE_METHOD_REF;
      if (method && isClone(pool, i)) {
        return true;
      }
      if (tag != ConstantPool.FIELD_REF && !(method && pool.isNamed(i, "<init>"))) {
        continue;
      }
      int owner = pool.owner(i);
      if (!asked[owner]) {
        asked[owner] = true;
        if (classes.mayBeManaged(loader, pool.className(owner))) {
          return true;
        }
      }
    }
    return false;
  }

  private static boolean isClone(ConstantPool pool, int entry) {
    return pool.isNamed(entry, "clone")
        && CloneCalls.concerns(
            0, pool.className(pool.owner(entry)), "clone", pool.descriptor(entry));
  }

  private void giveUp(ClassLoader loader, String name, Class<?> redefined, Throwable cause) {
    try {
      String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
      Unmanageable row =
          new Unmanageable(name.replace('/', '.'), Unmanageable.describe(loader), reason);
      unmanageable.add(row);
      if (redefined == null) {
        classes.exclude(loader, name);
      }
      Log.warn("left as it was: " + row);
      if (Log.prints(Log.Level.DEBUG)) {
        cause.printStackTrace();
      }
    } catch (Throwable e) {
      // Out of memory or stack, most likely: nothing more can be said, and the class loads.
    }
  }

  /** Has this run before each class with hidden fields is defined. */
  public void beforeHiddenFields(Runnable action) {
    beforeHiddenFields = action;
  }

  /** Whether hidden fields were added to the class itself. */
  public boolean hasHiddenFields(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    return loader != null && classes.hasHiddenFields(loader, internalName(type));
  }

  /** Whether this transformer never changes the class, whatever the user selects. */
  public boolean isForeign(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    return loader == null
        || loader == platform
        || type.isArray()
        || type.isHidden()
        || Selection.isOwn(internalName(type));
  }

  /**
   * Whether a loaded class would be managed had this transformer seen it in time. From now on it
   * counts as not managed.
   */
  public boolean missed(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    String name = internalName(type);
    if (type.isInterface() || !classes.isManaged(loader, name) || classes.isDefined(loader, name)) {
      return false;
    }
    classes.exclude(loader, name);
    return true;
  }

  private static String internalName(Class<?> type) {
    return type.getName().replace('.', '/');
  }

  /** The classes that were left as they were, oldest first. */
  public List<Unmanageable> unmanageable() {
    return List.copyOf(unmanageable);
  }
}
