package dev.holdfast.demo.model;

/**
 * One reference from a class to another, in the list that its node heads.
 *
 * @param target the class that is referred to
 * @param next the source's next edge; null for its last
 */
public record Edge(ClassNode target, Edge next) {}
