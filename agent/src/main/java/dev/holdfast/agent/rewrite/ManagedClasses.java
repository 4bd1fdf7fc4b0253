package dev.holdfast.agent.rewrite;

import dev.holdfast.agent.classfile.ClassBytes;
import dev.holdfast.agent.classfile.ConstantPool;
import dev.holdfast.agent.options.Selection;
import dev.holdfast.layout.LoaderLocal;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;

/**
 * Which classes are managed: those that the user selected, and every subclass of one. Asked by
 * class loader and name, before and without loading the class, and answered from class files that
 * were seen on their way into the JVM or are found through the loader.
 *
 * <p>Interfaces, and classes of the boot and platform loaders, are never managed. A class that
 * could not be rewritten, or was loaded before the agent, is not managed either, and its subclasses
 * are managed only if they were selected themselves.
 *
 * <p>Every thread may ask, also while it loads classes. The answers for a loader are dropped with
 * it.
 */
final class ManagedClasses {
  /** Access flags of interfaces and modules. */
  private static final int NEVER = 0x8200;

  /** Longer chains of superclasses are taken for circles. */
  private static final int MAX_DEPTH = 1000;

  /** Superclasses of the JDK whose constructors are clean; a test asks the JDK that runs. */
  static final Set<String> CLEAN_JDK_CLASSES =
      Set.of(
          "java/lang/Object",
          "java/lang/Record",
          "java/lang/Enum",
          "java/lang/Number",
          "java/util/AbstractCollection",
          "java/util/AbstractList",
          "java/util/AbstractMap",
          "java/util/AbstractQueue",
          "java/util/AbstractSequentialList",
          "java/util/AbstractSet");

  /** Of a class whose file is not to be found: nothing but the name counts. */
  private static final Head UNKNOWN = new Head(null, false, false);

  private final Selection selection;
  private final LoaderLocal<Known> known =
      new LoaderLocal<>() {
        @Override
        protected Known initial() {
          return new Known();
        }
      };

  private volatile boolean anyInherited;

  ManagedClasses(Selection selection) {
    this.selection = selection;
  }

  /** What decides, in a class file. */
  private record Head(String superName, boolean isEnum, boolean optsOut) {
    static Head of(ConstantPool pool) {
      // Asked here, because most programs never need that class.
      boolean optsOut =
          pool.hasText(MirroredAnnotation.DESCRIPTOR) && MirroredAnnotation.optsOut(pool.bytes());
      return new Head(pool.superName(), pool.isEnum(), optsOut);
    }
  }

  /** What is known of the classes that one loader sees. */
  private static final class Known {
    final Map<String, Head> heads = new ConcurrentHashMap<>();
    final Map<String, Boolean> managed = new ConcurrentHashMap<>();
    final Map<String, Optional<TypeFacts>> facts = new ConcurrentHashMap<>();

    /** Of a class's own constructors; asked only of a class that is defined and those above it. */
    final Map<String, Boolean> ownClean = new ConcurrentHashMap<>();

    final Map<String, Boolean> clean = new ConcurrentHashMap<>();

    /** The class file that was looked for last: what is asked of one is asked at one time. */
    volatile ClassBytes lastFound;

    final Set<String> defined = ConcurrentHashMap.newKeySet();
    final Set<String> hidden = ConcurrentHashMap.newKeySet();
  }

  /** Notes the class that is about to be defined, and says whether it is managed. */
  boolean isManaged(ClassLoader loader, ConstantPool pool) {
    Known here = known.of(loader);
    String name = pool.thisName();
    if (!here.heads.containsKey(name)) {
      here.heads.put(name, Head.of(pool));
    }
    return (pool.access() & NEVER) == 0 && isManaged(loader, here, name, 0);
  }

  /** Whether the class that this loader finds by this name is managed. */
  boolean isManaged(ClassLoader loader, String name) {
    return isManaged(loader, known.of(loader), name, 0);
  }

  /**
   * Whether it may be. Cheaper, because the file of a class that was selected by name need not be
   * found; the hook finds out what it is.
   */
  boolean mayBeManaged(ClassLoader loader, String name) {
    Known here = known.of(loader);
    Boolean answer = here.managed.get(name);
    if (answer != null) {
      return answer;
    }
    return (selection.matches(name) && !JdkNames.contains(name))
        || isManaged(loader, here, name, 0);
  }

  /** Whether it was found to be managed, without looking any further. */
  boolean isKnownManaged(ClassLoader loader, String name) {
    return Boolean.TRUE.equals(known.of(loader).managed.get(name));
  }

  /** Whether any class was found to be managed that was not selected by its name. */
  boolean anyInherited() {
    return anyInherited;
  }

  private boolean isManaged(ClassLoader loader, Known here, String name, int depth) {
    if (name == null || name.startsWith("java/")) {
      return false;
    }
    Boolean answer = here.managed.get(name);
    if (answer == null) {
      boolean found = false;
      if (selection.matches(name) && !ClassFiles.isOfTheJdk(loader, name)) {
        found = !head(loader, here, name).optsOut();
      }
      if (!found && depth < MAX_DEPTH && !JdkNames.contains(name)) {
        found = isManaged(loader, here, head(loader, here, name).superName(), depth + 1);
        anyInherited |= found;
      }
      Boolean earlier = here.managed.putIfAbsent(name, found);
      answer = earlier == null ? found : earlier;
    }
    return answer;
  }

  /** From now on the class counts as not managed: it is loaded, and has no hidden fields. */
  void exclude(ClassLoader loader, String name) {
    known.of(loader).managed.put(name, false);
  }

  /**
   * Notes that the class is defined as a managed one.
   *
   * @param hiddenFields whether with hidden fields of its own
   */
  void defined(ClassLoader loader, String name, boolean hiddenFields) {
    Known here = known.of(loader);
    here.defined.add(name);
    if (hiddenFields) {
      here.hidden.add(name);
    }
  }

  /** Whether the class was defined as a managed one, and not before the agent came. */
  boolean isDefined(ClassLoader loader, String name) {
    return known.of(loader).defined.contains(name);
  }

  /** Whether the class was defined with hidden fields of its own. */
  boolean hasHiddenFields(ClassLoader loader, String name) {
    return known.of(loader).hidden.contains(name);
  }

  /** Whether the class is an enum, as far as its file tells. */
  boolean isEnum(ClassLoader loader, String name) {
    if (JdkNames.contains(name)) {
      return JdkNames.isEnum(name);
    }
    return head(loader, known.of(loader), name).isEnum();
  }

  /** Keeps the facts of a class whose bytes are at hand. */
  TypeFacts learn(ClassLoader loader, ClassBytes file) {
    TypeFacts facts = TypeFacts.of(file);
    Known here = known.of(loader);
    here.facts.put(facts.name(), Optional.of(facts));
    here.ownClean.put(facts.name(), ConstructorCleanliness.of(file));
    return facts;
  }

  /** The facts of a class, read from its file; null if that is not to be found. */
  private TypeFacts facts(ClassLoader loader, String name) {
    Known here = known.of(loader);
    Optional<TypeFacts> found = here.facts.get(name);
    if (found == null) {
      ClassBytes file = file(loader, here, name);
      found = file == null ? Optional.empty() : Optional.of(TypeFacts.of(file));
      here.facts.putIfAbsent(name, found);
    }
    return found.orElse(null);
  }

  /**
   * Whether a write of this field is one to a mirrored field.
   *
   * @param owner the class that the constant pool names, which may inherit the field
   */
  boolean isMirrored(ClassLoader loader, String owner, String name, String descriptor) {
    for (String at = owner; isManaged(loader, at); ) {
      TypeFacts facts = facts(loader, at);
      if (facts == null) {
        return true; // the hook finds out
      }
      TypeFacts.Field field = facts.field(name, descriptor);
      if (field != null) {
        return !field.isStatic();
      }
      at = facts.superName();
    }
    return false;
  }

  /** Whether the constructors of the class and of all above are known not to leak {@code this}. */
  boolean isClean(ClassLoader loader, String name) {
    return isClean(loader, known.of(loader), name, 0);
  }

  private boolean isClean(ClassLoader loader, Known here, String name, int depth) {
    if (CLEAN_JDK_CLASSES.contains(name)) {
      return true;
    }
    if (depth > MAX_DEPTH || JdkNames.contains(name)) {
      return false;
    }
    Boolean answer = here.clean.get(name);
    if (answer == null) {
      TypeFacts facts = facts(loader, name);
      answer =
          facts != null
              && isOwnClean(loader, here, name)
              && isClean(loader, here, facts.superName(), depth + 1);
      here.clean.put(name, answer);
    }
    return answer;
  }

  private static boolean isOwnClean(ClassLoader loader, Known here, String name) {
    Boolean clean = here.ownClean.get(name);
    if (clean == null) {
      ClassBytes file = file(loader, here, name);
      clean = file != null && ConstructorCleanliness.of(file);
      here.ownClean.putIfAbsent(name, clean);
    }
    return clean;
  }

  private Head head(ClassLoader loader, Known here, String name) {
    Head head = here.heads.get(name);
    if (head == null) {
      head = read(loader, here, name);
      here.heads.putIfAbsent(name, head);
    }
    return head;
  }

  /** Of a class that was not selected by its name, less of the file will do. */
  private Head read(ClassLoader loader, Known here, String name) {
    if (selection.matches(name)) {
      ClassBytes file = file(loader, here, name);
      return file == null ? UNKNOWN : Head.of(file.pool());
    }
    ConstantPool pool = ClassFiles.findPool(loader, name);
    return pool == null ? UNKNOWN : new Head(pool.superName(), pool.isEnum(), false);
  }

  private static ClassBytes file(ClassLoader loader, Known here, String name) {
    ClassBytes last = here.lastFound;
    if (last != null && last.pool().thisName().equals(name)) {
      return last;
    }
    byte[] bytes = ClassFiles.find(loader, name);
    ClassBytes found = bytes == null ? null : read(bytes);
    here.lastFound = found;
    return found;
  }

  /** Null if it is no class file: some loaders decipher theirs only to define them. */
  private static ClassBytes read(byte[] bytes) {
    try {
      return new ClassBytes(new ConstantPool(bytes));
    } catch (IllegalArgumentException | IndexOutOfBoundsException e) {
      return null;
    }
  }
}
