/**
 * Java as C calls it: any class and its methods by number, and the calls.
 *
 * <p>Classes and methods are numbered when C first asks for them, and keep their numbers ({@link
 * dev.holdfast.call.Numbered}). Both are held weakly, by their class, so C unloads nothing and
 * keeps nothing loaded; a number is never used again. Whoever numbers, writes under the lock of its
 * table and then publishes the number by returning it; readers see the slot through a volatile
 * array.
 *
 * <p>Each method becomes one method handle that takes and returns 64-bit words ({@link
 * dev.holdfast.call.Words}): conversions, handles and their checks are part of it, so that a call
 * is one {@code invokeExact}. What a call throws is told apart by its type: a {@code
 * HandleException} is Holdfast's own answer, as no application code sees one; anything else was
 * thrown by the method.
 *
 * <p>Nothing in here knows how C gets in: that is {@code dev.holdfast.jna}'s.
 */
package dev.holdfast.call;
