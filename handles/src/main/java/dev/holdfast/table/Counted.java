package dev.holdfast.table;

/** A handle with its count and its object's class, as they were at one moment. */
public record Counted(long handle, long count, Class<?> type) {}
