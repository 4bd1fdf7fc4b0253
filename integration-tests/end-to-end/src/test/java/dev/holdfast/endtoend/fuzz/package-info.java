/**
 * Random Java programs that run while everything moves and C reads, counts and holds: {@link
 * dev.holdfast.endtoend.fuzz.FuzzProgram}. A program is a seed; the same seed makes the same
 * program, with the agent and without.
 */
package dev.holdfast.endtoend.fuzz;
