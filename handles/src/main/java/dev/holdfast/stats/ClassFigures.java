package dev.holdfast.stats;

/**
 * The figures of one selected class.
 *
 * @param name binary name, {@code com.acme.Outer$Inner}
 * @param loader the class loader, as a person can recognise it
 * @param state {@code mirrored}, or why the class has no mirrors
 * @param mirrorsLive objects of exactly this class that got a mirror, since the start
 * @param mirrorBytes size of one mirror with its header, 0 if the class has none
 */
public record ClassFigures(
    String name, String loader, String state, long mirrorsLive, long mirrorBytes) {}
