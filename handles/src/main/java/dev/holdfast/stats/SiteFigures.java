package dev.holdfast.stats;

/**
 * What is known of an allocation site.
 *
 * @param made class of its objects
 * @param in class whose code it stands in
 * @param line 0 if the class file does not say
 * @param space {@code young}, or {@code old} when its objects open their cohorts in old space
 * @param survived samples since the last decision, later ones counting more, that outlived two
 *     collections of the JVM
 * @param died those that did not
 * @param decisions how often the space was changed
 * @param evidence what the last decision was made on; empty before the first
 */
public record SiteFigures(
    String made,
    String in,
    String method,
    int line,
    String space,
    long survived,
    long died,
    long decisions,
    String evidence) {}
