/**
 * Native memory: plain access to it, the block that Java and C share, and the arena's chunks.
 *
 * <p>Invariants: the sum of the chunks that spaces own is at most {@code arena=}; a chunk belongs
 * to one space or to the free list; chunks are never given back to the allocator while the JVM
 * runs, so an address that was once a mirror stays readable for ever.
 *
 * <p>Everything above this package reaches native memory through {@link dev.holdfast.arena.Memory}:
 * over the JDK's internal Unsafe under the agent, over calls into libholdfast in library mode.
 */
package dev.holdfast.arena;
