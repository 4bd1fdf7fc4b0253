package dev.holdfast.agent.rewrite;

import dev.holdfast.agent.options.Selection;
import dev.holdfast.stats.Log;
import java.lang.instrument.ClassFileTransformer;
import java.nio.file.Path;
import java.security.ProtectionDomain;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/**
 * What the JVM calls for every class file.
 *
 * <p>Most classes concern us not at all, and are told apart by their constant pools. {@link
 * #transform} never throws: a class that cannot be rewritten is left as it was, with one line in
 * the log, and the runtime is told if it was selected.
 */
public final class HoldfastTransformer implements ClassFileTransformer {
  private final ManagedClasses classes;
  private final Relevance relevance;
  private final LayoutKeys keys;
  private final String hookOwner;
  private final boolean adoptAtSites;
  private final ClassDump dump;
  private final ClassLoader platform = ClassLoader.getPlatformClassLoader();
  private final CountDownLatch anyManaged = new CountDownLatch(1);
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
    relevance = new Relevance(selection, classes);
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
      boolean mentionsSelected = relevance.mentionsSelected(pool);
      if (!classes.isManaged(loader, pool, classFile)
          && !relevance.concerns(loader, pool, mentionsSelected)) {
        return null;
      }
      HookCalls hooks = new HookCalls(hookOwner);
      RewriteContext context =
          new RewriteContext(loader, classes, keys, hooks, mentionsSelected, adoptAtSites);
      byte[] rewritten = rewrite(context, pool, classFile, redefined != null);
      if (rewritten == null) {
        return null;
      }
      dump.write(loader, name, rewritten);
      if (classes.hasHiddenFields(loader, name)) {
        anyManaged.countDown();
        Runnable before = beforeHiddenFields;
        if (before != null) {
          before.run();
        }
      }
      return rewritten;
    } catch (Throwable e) {
      giveUp(loader, name, redefined, e);
      return null;
    }
  }

  /** Loads ASM: only what comes here costs that. */
  private static byte[] rewrite(
      RewriteContext context, ConstantPool pool, byte[] classFile, boolean loaded) {
    ClassRewriter rewriter = new ClassRewriter(context, classFile, pool);
    return loaded ? rewriter.redefine() : rewriter.define();
  }

  private void giveUp(ClassLoader loader, String name, Class<?> redefined, Throwable cause) {
    try {
      String reason = cause.getMessage() == null ? cause.toString() : cause.getMessage();
      String binaryName = name.replace('/', '.');
      if (redefined == null && classes.mayBeManaged(loader, name)) {
        classes.exclude(loader, name);
        keys.leftAlone(loader, binaryName, reason);
      }
      Log.warn("left as it was: " + binaryName + " (" + LoaderName.of(loader) + "): " + reason);
      if (Log.prints(Log.Level.DEBUG)) {
        cause.printStackTrace();
      }
    } catch (Throwable e) {
      // Out of memory or stack, most likely: nothing more can be said, and the class loads.
    }
  }

  /** Waits until a managed class is about to be defined, or so long. */
  public void awaitManagedClass(long nanos) throws InterruptedException {
    boolean unused = anyManaged.await(nanos, TimeUnit.NANOSECONDS);
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
    keys.leftAlone(loader, type.getName(), "loaded before the agent");
    return true;
  }

  /**
   * Whether a loaded class may have something to rewrite. Asked once all were asked whether they
   * were {@link #missed}; true if its file is not to be found.
   */
  public boolean concerns(Class<?> type) {
    ClassLoader loader = type.getClassLoader();
    try {
      byte[] classFile = ManagedClasses.find(loader, internalName(type));
      if (classFile == null) {
        return true;
      }
      ConstantPool pool = new ConstantPool(classFile);
      return classes.isManaged(loader, pool, classFile)
          || relevance.concerns(loader, pool, relevance.mentionsSelected(pool));
    } catch (RuntimeException e) {
      return true; // not a class file that we can read: transform says why
    }
  }

  private static String internalName(Class<?> type) {
    return type.getName().replace('.', '/');
  }
}
