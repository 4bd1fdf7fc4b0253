/**
 * The public API: handles on Java objects that C code may hold. Start at {@link
 * dev.holdfast.Holdfast}. Of the packages below this one only {@link dev.holdfast.stats.Figures} is
 * for applications.
 */
package dev.holdfast;
