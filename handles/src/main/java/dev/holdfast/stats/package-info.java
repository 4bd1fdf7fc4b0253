/**
 * What a person sees: the figures of a running Holdfast, their MBeans, and rate-limited log lines.
 *
 * <p>A leaf that every other package may use. It imports none of them: it is given suppliers.
 */
package dev.holdfast.stats;
