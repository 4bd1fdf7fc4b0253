/**
 * What the user asked for: the agent's options, and the class names that they select.
 *
 * <p>Loaded first in {@code premain}, before the application's main class: nothing but {@code
 * java.base} and {@link dev.holdfast.stats.Log} may be used here, neither {@code System.Logger} nor
 * {@code java.util.logging}.
 */
package dev.holdfast.agent.options;
