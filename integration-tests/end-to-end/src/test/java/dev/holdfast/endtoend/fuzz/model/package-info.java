/** The classes that random programs make objects of: all selected, so all have mirrors. */
package dev.holdfast.endtoend.fuzz.model;
