package dev.holdfast.agent.classfile;

/**
 * What is added around one instruction.
 *
 * @param pc the offset of the instruction in its method's code
 * @param before what comes before it, and is what jumps to it reach; or null
 * @param after what comes behind it, where nothing jumps to; or null
 * @param dispensable whether the method may go without it if it becomes too long
 */
public record Edit(int pc, Snippet before, Snippet after, boolean dispensable) {}
