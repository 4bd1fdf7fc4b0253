package dev.holdfast.agent.rewrite;

import dev.holdfast.agent.classfile.ConstantPool;
import dev.holdfast.agent.classfile.Opcode;
import dev.holdfast.agent.options.Selection;

/**
 * Tells most class files apart that have nothing to rewrite, before anything is loaded or read that
 * only the others need.
 *
 * <p>Whether a class that bears no selected name is managed, by inheritance, stands in its class
 * file and in those of its superclasses. To find them all would make every program start noticeably
 * slower, so they are looked at where it matters:
 *
 * <ul>
 *   <li>the superclasses of the class at hand;
 *   <li>the classes whose fields it writes;
 *   <li>the classes that it makes objects of, if it mentions any selected name. Else only those
 *       count that are known to be managed already; at other sites objects are adopted later.
 * </ul>
 */
final class Relevance {
  private final Selection selection;
  private final ManagedClasses classes;

  Relevance(Selection selection, ManagedClasses classes) {
    this.selection = selection;
    this.classes = classes;
  }

  /** Whether the class file has a selected name in it, or text that begins like one. */
  boolean mentionsSelected(ConstantPool pool) {
    for (String prefix : selection.literalPrefixes()) {
      if (pool.containsText(prefix)) {
        return true;
      }
    }
    return false;
  }

  /**
   * Whether the class may make, write or clone an object of a managed class.
   *
   * @param mentionsSelected what {@link #mentionsSelected} said
   */
  boolean concerns(ClassLoader loader, ConstantPool pool, boolean mentionsSelected) {
    boolean sites = mentionsSelected || classes.anyInherited();
    if (sites || pool.hasText("clone")) {
      boolean[] asked = new boolean[pool.size()];
      for (int i = 1; i < pool.size(); i++) {
        int tag = pool.tag(i);
        if (tag == ConstantPool.METHOD_REF || tag == ConstantPool.INTERFACE_METHOD_REF) {
          if (CloneCalls.isClone(pool, i)) {
            return true;
          }
          int owner = pool.owner(i);
          if (sites && !asked[owner] && pool.isNamed(i, "<init>")) {
            asked[owner] = true;
            if (isSite(loader, pool, owner, mentionsSelected)) {
              return true;
            }
          }
        }
      }
    }
    return writesManaged(loader, pool);
  }

  private boolean isSite(
      ClassLoader loader, ConstantPool pool, int owner, boolean mentionsSelected) {
    if (mentionsSelected) {
      return classes.mayBeManaged(loader, pool.className(owner));
    }
    return classes.isKnownManaged(loader, pool.className(owner));
  }

  /**
   * The pool does not say which fields are written, so the code is searched for the instruction's
   * byte with the number of a field behind it. Bytes that only look like one cost a question.
   */
  private boolean writesManaged(ClassLoader loader, ConstantPool pool) {
    boolean[] asked = new boolean[pool.size()];
    asked[pool.thisEntry()] = true;
    String rest = pool.textBehind();
    for (int at = rest.indexOf(Opcode.PUTFIELD);
        at >= 0;
        at = rest.indexOf(Opcode.PUTFIELD, at + 1)) {
      int field = at + 2 < rest.length() ? rest.charAt(at + 1) << 8 | rest.charAt(at + 2) : 0;
      if (field < asked.length && pool.tag(field) == ConstantPool.FIELD_REF) {
        int owner = pool.owner(field);
        if (!asked[owner]) {
          asked[owner] = true;
          if (!pool.classNameStartsWith(owner, "java/")
              && classes.mayBeManaged(loader, pool.className(owner))) {
            return true;
          }
        }
      }
    }
    return false;
  }
}
