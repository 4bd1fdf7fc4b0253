/**
 * Native memory: plain access to it, the block that Java and C share, and the arena's chunks.
 *
 * <p>Invariants: the sum of the chunks that spaces own is at most {@code arena=}; a chunk belongs
 * to one space or to the free list; chunks are never given back to the allocator while the JVM
 * runs, so an address that was once a mirror stays readable for ever.
 *
 * <p>What is given back is noted without allocating, here and in the table: by then there is no way
 * back, and the Java heap may be used up.
 *
 * <p>A free chunk that nobody has needed for a while gives its pages to the operating system
 * ({@link dev.holdfast.arena.Arena#trim}): the addresses stay mapped, what is read there is zeros.
 * A chunk is free only after the grace periods of all that lived in it, so no scope, section or pin
 * finds it; only C that reads outside any scope can, and it meets bytes that mean nothing, as
 * before.
 *
 * <p>Everything above this package reaches native memory through {@link dev.holdfast.arena.Memory}:
 * over the JDK's internal Unsafe under the agent, over calls into libholdfast in library mode.
 */
package dev.holdfast.arena;
