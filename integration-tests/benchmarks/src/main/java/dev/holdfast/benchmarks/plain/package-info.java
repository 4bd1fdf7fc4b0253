/** What a program without Holdfast would have: the twins of the classes in {@code managed}. */
package dev.holdfast.benchmarks.plain;
