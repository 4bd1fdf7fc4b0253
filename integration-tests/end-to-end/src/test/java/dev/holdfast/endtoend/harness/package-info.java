/**
 * JVMs of their own for test programs: how a test declares them, starts them, and reads what they
 * said.
 */
package dev.holdfast.endtoend.harness;
