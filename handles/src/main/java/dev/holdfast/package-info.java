/**
 * The public API: handles on Java objects that C code may hold. Start at {@link
 * dev.holdfast.Holdfast}; nothing in the packages below this one is for applications.
 */
package dev.holdfast;
