/**
 * C libraries from Debian's packages, as they are, hold Java objects of {@link
 * dev.holdfast.libraries.model}, which move meanwhile (the agent's {@code zeal=100}). Each test
 * class has a JVM of its own, and each test leaves nothing counted.
 */
package dev.holdfast.libraries;
