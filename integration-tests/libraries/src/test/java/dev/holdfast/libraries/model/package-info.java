/** The classes with mirrors. */
package dev.holdfast.libraries.model;
