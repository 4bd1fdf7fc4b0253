/**
 * How a class's instance fields become a C struct: the one place that decides offsets, sizes and
 * fingerprints.
 *
 * <p>{@link dev.holdfast.layout.ClassShape} says what a class file declares, {@link
 * dev.holdfast.layout.LayoutPlan} where each field stands, {@link dev.holdfast.layout.Fingerprint}
 * whether two sides mean the same. The runtime and the header generator share these, so a generated
 * struct cannot drift from the mirrors.
 *
 * <p>Runs in the boot loader and before the application: nothing but {@code java.base} and the
 * Holdfast packages {@code arena}, {@code hook} and {@code stats} may be used here.
 */
package dev.holdfast.layout;
