/** What Holdfast costs, measured. */
package dev.holdfast.benchmarks;
