/** The public API: handles on Java objects that C code may hold. Nothing else in here is public. */
package dev.holdfast;
