/**
 * What Holdfast costs, beside what it replaces: each benchmark class measures one thing through
 * Holdfast and through its rivals. {@code java -jar target/benchmarks.jar} runs all and prints a
 * table that says which aims are met.
 *
 * <p>The agent is in every JVM that measures, so the rivals share all but what is compared: classes
 * in {@code managed} have mirrors, those in {@code plain} are left as they are.
 */
package dev.holdfast.benchmarks;
