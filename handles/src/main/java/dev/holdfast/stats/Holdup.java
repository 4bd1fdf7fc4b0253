package dev.holdfast.stats;

/**
 * Something that keeps memory from being reused, and who does it. It costs nothing else.
 *
 * @param kind {@code scope}, {@code pin} or {@code releases}
 * @param threadId of the operating system for a scope or a pin, else Java's
 * @param thread its name; empty when it has ended
 * @param seconds since when
 * @param where the return address of {@code hf_enter} or {@code hf_pin}, or the top of the Java
 *     stack
 * @param handle of the pinned cohort's first slot, else 0
 */
public record Holdup(
    String kind, long threadId, String thread, long seconds, String where, long handle) {}
