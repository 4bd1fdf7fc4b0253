/**
 * What happens to a class file on its way into the JVM: which classes are managed, and the byte
 * code that is added to theirs and to that of the classes that make, write or clone their objects.
 *
 * <p>Everything here works on bytes. No class of the application is loaded to look at it, and
 * nothing here refers to a rewritten class.
 */
package dev.holdfast.agent.rewrite;
