/**
 * Ranks the classes of the running JDK with a C library.
 *
 * <p>{@link dev.holdfast.demo.model} holds the objects that C reads; they and {@link
 * dev.holdfast.demo.JdkGraph}, which builds them, know nothing of Holdfast. {@link
 * dev.holdfast.demo.NativePageRank} hands the first of them over and takes the results back: the
 * only class here that uses {@code dev.holdfast}.
 */
package dev.holdfast.demo;
