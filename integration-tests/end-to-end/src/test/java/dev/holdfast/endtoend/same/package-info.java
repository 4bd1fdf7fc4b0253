/**
 * Programs that must do the same with and without the agent, to the letter. Their sources are in
 * {@code src/test/programs}; the tests compile them, because most need another compiler or another
 * class path than the tests have.
 */
package dev.holdfast.endtoend.same;
