/** A small application whose objects a C library keeps. */
package dev.holdfast.demo;
