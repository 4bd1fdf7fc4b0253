/** A graph of plain Java objects: which classes refer to which. */
package dev.holdfast.demo.model;
