/**
 * Test programs, one a file: {@code main} says nothing and returns when all is as it should be, and
 * throws when not. What they nest is selected by the agent's {@code include} in most tests.
 */
package dev.holdfast.endtoend.app;
