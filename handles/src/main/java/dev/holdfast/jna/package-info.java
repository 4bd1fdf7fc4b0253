/**
 * Loads libholdfast through JNA and binds it to the engine: the calls that Java makes ({@link
 * dev.holdfast.jna.Hfi}), the calls that C makes ({@link dev.holdfast.jna.Upcalls}), and native
 * memory where no agent has given access to it ({@link dev.holdfast.jna.JnaMemory}).
 *
 * <p>Below the public API nothing else names {@code com.sun.jna}. Nothing in here decides what a
 * handle means: that is the engine's.
 */
package dev.holdfast.jna;
