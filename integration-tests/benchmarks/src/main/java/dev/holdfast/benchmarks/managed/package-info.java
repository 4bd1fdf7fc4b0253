/** Classes that the agent's {@code include} selects; each has a twin in {@code plain}. */
package dev.holdfast.benchmarks.managed;
