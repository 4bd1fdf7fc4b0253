package dev.holdfast.agent.rewrite;

import dev.holdfast.agent.classfile.ClassBytes;
import dev.holdfast.agent.classfile.ClassPatch;
import dev.holdfast.agent.classfile.ConstantPool;
import dev.holdfast.agent.options.Selection;
import dev.holdfast.layout.LoaderName;
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
  private final HookCalls hooks;
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
    hooks = new HookCalls(hookOwner);
  }

  /**
   * Loads what is needed for each class of the application, by asking about one. Within {@link
   * #transform} it would be loaded with the locks of a class loader held; another agent, which is
   * told of each class that is loaded, may wait there for a lock whose owner waits for ours.
   *
   * @param classFile any, without a class name that is selected
   */
  public void warmUp(byte[] classFile) {
    ConstantPool pool = new ConstantPool(classFile);
    ClassLoader system = ClassLoader.getSystemClassLoader();
    boolean unused = classes.isManaged(system, pool) || relevance.concerns(system, pool, true);
    unused |= JdkNames.contains(pool.thisName());
    unused |= new ClassBytes(pool).methods().isEmpty();
  }

  @Override
  public byte[] transform(
      ClassLoader loader,
      String givenName,
      Class<?> redefined,
      ProtectionDomain domain,
      byte[] classFile) {
    if (loader == null || loader == platform) {
      return null;
    }
    String name = givenName == null ? nameIn(classFile) : givenName;
    if (name == null || Selection.isOwn(name)) {
      return null;
    }
    try {
      ConstantPool pool = new ConstantPool(classFile);
      boolean mentionsSelected = relevance.mentionsSelected(pool);
      boolean managed = classes.isManaged(loader, pool);
      if (!managed && !relevance.concerns(loader, pool, mentionsSelected)) {
        return null;
      }
      RewriteContext context =
          new RewriteContext(loader, classes, keys, hooks, mentionsSelected, adoptAtSites);
      byte[] rewritten = rewrite(context, pool, managed, redefined != null);
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
      return redefined == null ? null : withItsFields(loader, name, classFile);
    }
  }

  /** Of a class that its loader defines without saying its name. Null if it is no class file. */
  private static String nameIn(byte[] classFile) {
    try {
      return new ConstantPool(classFile).thisName();
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return null;
    }
  }

  /**
   * The new code of a class as another agent gives it, with the fields that the class was defined
   * with: without them the JVM would refuse it.
   */
  private byte[] withItsFields(ClassLoader loader, String name, byte[] classFile) {
    try {
      if (!classes.hasHiddenFields(loader, name)) {
        return null;
      }
      ClassPatch patch = new ClassPatch(new ClassBytes(new ConstantPool(classFile)));
      HiddenFields.addTo(patch);
      return patch.write();
    } catch (Throwable e) {
      return null; // then the JVM says what is wrong with it
    }
  }

  /** Only what comes here loads the classes that it takes. */
  private static byte[] rewrite(
      RewriteContext context, ConstantPool pool, boolean managed, boolean loaded) {
    ClassRewriter rewriter = new ClassRewriter(context, new ClassBytes(pool), managed);
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
      Log.debug(cause);
    } catch (Throwable e) {
      // Out of memory or stack, most likely: nothing more can be said, and the class loads.
    }
  }

  /** Waits until a managed class is about to be defined. */
  public void awaitManagedClass() throws InterruptedException {
    anyManaged.await();
  }

  /** Waits likewise, so long at most. Returns whether there is one. */
  public boolean awaitManagedClass(long nanos) throws InterruptedException {
    return anyManaged.await(nanos, TimeUnit.NANOSECONDS);
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
      byte[] classFile = ClassFiles.find(loader, internalName(type));
      if (classFile == null) {
        return true;
      }
      ConstantPool pool = new ConstantPool(classFile);
      return classes.isManaged(loader, pool)
          || relevance.concerns(loader, pool, relevance.mentionsSelected(pool));
    } catch (RuntimeException e) {
      return true; // not a class file that we can read: transform says why
    }
  }

  private static String internalName(Class<?> type) {
    return type.getName().replace('.', '/');
  }
}
